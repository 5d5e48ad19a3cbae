import Hummingbird
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The Open Inference Protocol V2 over REST: health, metadata, and inference in JSON.
struct InferenceProtocolRoutes {
    let service: PredictionService
    let serverVersion: String

    func add(to router: Router<ServingContext>) {
        router.get("/v2/health/live") { _, _ in Response(.object(["live": .boolean(true)])) }
        router.get("/v2/health/ready") { _, _ in ready(await service.reasonNotReady == nil, name: nil) }
        router.get("/v2", use: server)
        router.get("/v2/models/{model}", use: metadata)
        router.get("/v2/models/{model}/versions/{version}", use: metadata)
        router.get("/v2/models/{model}/ready", use: modelReady)
        router.get("/v2/models/{model}/versions/{version}/ready", use: modelReady)
        router.post("/v2/models/{model}/infer", use: infer)
        router.post("/v2/models/{model}/versions/{version}/infer", use: infer)
    }

    private func server(_ request: Request, _ context: ServingContext) -> Response {
        Response(
            .object(["name": "slipway", "version": .string(serverVersion), "extensions": .array([])]))
    }

    private func ready(_ isReady: Bool, name: String?) -> Response {
        var members = JSONObject()
        members["name"] = name.map(JSONValue.string)
        members["ready"] = .boolean(isReady)
        return Response(.object(members), status: isReady ? .ok : .serviceUnavailable)
    }

    private func modelReady(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try served(context)
        return ready(await service.reasonNotReady == nil, name: served.name)
    }

    private func metadata(_ request: Request, _ context: ServingContext) throws -> Response {
        let served = try served(context)
        return Response(
            .object([
                "name": .string(served.name),
                "versions": .array([.string(String(served.number))]),
                "platform": "slipway_onnx",
                "inputs": .array(served.graphInputs.map(Self.json)),
                "outputs": .array(served.graphOutputs.map(Self.json)),
            ]))
    }

    private func infer(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try served(context)
        let inference = try InferenceRequest(try await request.json())
        let answered = try await service.infer(
            inference.rows(for: served), with: served, call: context.call(.inferenceHTTP))
        return Response(
            InferenceResponse(served: served, batch: answered.batch, predictionIDs: answered.ids).json(for: inference))
    }

    private func served(_ context: ServingContext) throws -> ServedModel {
        guard let text = context.parameters.get("version") else { return try service.served(context) }
        let name = context.modelName ?? ""
        guard let version = Int(text) else {
            throw ServingError(.unknownModel, "'\(text.prefix(40))' is no version of \(name.prefix(80))")
        }
        return try service.served(name, version: version)
    }

    private static func json(of value: GraphValue) -> JSONValue {
        let shape: [Int?]
        switch value.type {
        case .tensor(_, let dimensions): shape = dimensions ?? [nil]
        case .sequenceOfMaps, .sequenceOfTensors: shape = [nil, nil]
        }
        return .object([
            "name": .string(value.name), "datatype": .string(value.type.elementType.protocolName),
            "shape": .array(shape.map { .integer(Int64($0 ?? -1)) }),
        ])
    }
}
