import Hummingbird
import SlipwayAccess
import SlipwayData
import SlipwayServing

/// The routes for those who run the server: health, metrics, and the API document.
struct OperationsRoutes {
    let service: PredictionService
    let serverVersion: String

    func live(_ request: Request, _ context: ServingContext) -> Response {
        Response(.object(["live": .boolean(true)]))
    }

    func ready(_ request: Request, _ context: ServingContext) async -> Response {
        let reason = await service.reasonNotReady
        var members: JSONObject = ["ready": .boolean(reason == nil)]
        members["reason"] = reason.map(JSONValue.string)
        return Response(.object(members), status: reason == nil ? .ok : .serviceUnavailable)
    }

    func metrics(_ request: Request, _ context: ServingContext) -> Response {
        Response(
            text: service.metrics.text(of: service.models),
            contentType: "text/plain; version=0.0.4; charset=utf-8")
    }

    func document(_ request: Request, _ context: ServingContext) -> Response {
        let models = context.allowed(.view, among: service.models.all)
        return Response(
            OpenAPIDocument(
                models: models, serverVersion: serverVersion, asksForKeys: context.caller.proof != .none
            ).json)
    }
}
