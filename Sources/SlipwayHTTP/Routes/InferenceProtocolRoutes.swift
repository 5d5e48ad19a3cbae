import Hummingbird
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The Open Inference Protocol V2 over REST: health, metadata, and inference in JSON.
struct InferenceProtocolRoutes {
    let service: PredictionService
    let serverVersion: String

    func live(_ request: Request, _ context: ServingContext) -> Response {
        Response(.object(["live": .boolean(true)]))
    }

    func ready(_ request: Request, _ context: ServingContext) async -> Response {
        ready(await service.reasonNotReady == nil, name: nil)
    }

    func server(_ request: Request, _ context: ServingContext) -> Response {
        Response(
            .object([
                "name": .string(InferenceMetadata.serverName), "version": .string(serverVersion),
                "extensions": .array(InferenceProtocolExtension.allCases.map { .string($0.rawValue) }),
            ]))
    }

    private func ready(_ isReady: Bool, name: String?) -> Response {
        var members = JSONObject()
        members["name"] = name.map(JSONValue.string)
        members["ready"] = .boolean(isReady)
        return Response(.object(members), status: isReady ? .ok : .serviceUnavailable)
    }

    func modelReady(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.servedVersion(context)
        return ready(await service.reasonNotReady == nil, name: served.name)
    }

    func metadata(_ request: Request, _ context: ServingContext) throws -> Response {
        let served = try service.servedVersion(context)
        let metadata = InferenceMetadata(served)
        return Response(
            .object([
                "name": .string(metadata.name),
                "versions": .array(metadata.versions.map(JSONValue.string)),
                "platform": .string(InferenceMetadata.platform),
                "inputs": .array(metadata.inputs.map(Self.json)),
                "outputs": .array(metadata.outputs.map(Self.json)),
            ]))
    }

    func infer(_ request: Request, _ context: ServingContext) async throws -> Response {
        let served = try service.servedVersion(context)
        let (inference, forms) = try await read(request, context, for: served)
        let answer = try await service.infer(inference, with: served, call: context.call(.inferenceHTTP))
        return Response(answer, in: forms).marked(isCached: answer.isCached)
    }

    private func read(
        _ request: Request, _ context: ServingContext, for served: ServedModel
    ) async throws(ServingError) -> (InferenceRequest, OutputForms) {
        let length = try InferenceBody.headerLength(of: request)
        if let type = request.mediaType, length == nil, type == "application/octet-stream" {
            throw ServingError(
                .malformed, "a binary body needs the header Inference-Header-Content-Length",
                hint: "It says how many bytes of the body are JSON; 0 means that all are one raw tensor.")
        }
        let bytes = try await request.bytes(context)
        guard length != 0 else { return (try InferenceRequest(raw: bytes, for: served), .allBinary) }
        let body = try InferenceBody(bytes, headerLength: length)
        let inference = try InferenceRequest(body)
        guard case .object(let members) = body.json else { return (inference, .allBinary) }
        return (inference, try OutputForms(members))
    }

    private static func json(of tensor: InferenceMetadata.TensorMetadata) -> JSONValue {
        .object([
            "name": .string(tensor.name), "datatype": .string(tensor.datatype.protocolName),
            "shape": .array(tensor.shape.map(JSONValue.integer)),
        ])
    }
}
