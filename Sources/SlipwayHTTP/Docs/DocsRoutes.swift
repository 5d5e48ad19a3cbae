import HTTPTypes
import Hummingbird
import SlipwayAccess
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The pages for people: the API with Swagger UI, and what each model is.
struct DocsRoutes {
    let service: PredictionService
    let serverVersion: String
    let gatekeeper: Gatekeeper
    let assets: DocsAssets
    /// Whether callers use https.
    let isSecure: Bool

    func asset(_ request: Request, _ context: ServingContext) async throws -> Response {
        let name = context.parameters.get("file") ?? ""
        return try await BlockingWork.run { () throws(ServingError) in try assets.asset(named: name) }
            .response(to: request)
    }

    /// Who calls is not asked here, so nothing of the project is shown where the server asks for keys.
    func home(_ request: Request, _ context: ServingContext) throws -> Response {
        let asksForKeys = gatekeeper.asksForProof
        let models = asksForKeys ? [] : service.models.all
        return try DocsHome.template.response(
            DocsHome(
                showsAPI: assets.swaggerUI.folder != nil, missing: assets.swaggerUI.reason, asksForKeys: asksForKeys,
                models: models.map { served in
                    DocsHome.Item(
                        name: served.name, version: served.number, task: ModelPage.task(of: served),
                        purpose: served.dossier.notes.purpose)
                },
                routes: ServedRoute.all.map {
                    DocsHome.Line(method: $0.method.rawValue, path: $0.path + $0.verb, summary: $0.summary)
                }, version: serverVersion))
    }

    func model(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.served(context)
        let address = CallSample.Address(of: request, isSecure: isSecure)
        let asksForKeys = context.caller.proof != .none
        // The first page of a version predicts the examples of its slices.
        let byteCountMax = service.limits.bodyByteCountMax
        let page = await BlockingWork.run {
            ModelPage(of: served, at: address, bodyByteCountMax: byteCountMax, asksForKeys: asksForKeys)
        }
        return try ModelPage.template.response(page)
    }
}
