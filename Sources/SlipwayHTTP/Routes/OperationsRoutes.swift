import Hummingbird
import SlipwayAccess
import SlipwayData
import SlipwayServing

/// The routes for those who run the server: health, metrics, and the API document.
struct OperationsRoutes {
    let service: PredictionService
    let serverVersion: String

    func add(to router: Router<ServingContext>) {
        router.get("/health/live") { _, _ in Response(.object(["live": .boolean(true)])) }
        router.get("/health/ready") { _, _ in
            let reason = await service.reasonNotReady
            var members: JSONObject = ["ready": .boolean(reason == nil)]
            members["reason"] = reason.map(JSONValue.string)
            return Response(.object(members), status: reason == nil ? .ok : .serviceUnavailable)
        }
        router.get("/metrics") { _, _ in
            Response(
                text: service.metrics.text(of: service.models),
                contentType: "text/plain; version=0.0.4; charset=utf-8")
        }
        router.get("/openapi.json") { _, context in
            let models = context.allowed(.view, among: service.models.all)
            return Response(
                OpenAPIDocument(
                    models: models, serverVersion: serverVersion, asksForKeys: context.caller.proof != .none
                ).json)
        }
    }
}
