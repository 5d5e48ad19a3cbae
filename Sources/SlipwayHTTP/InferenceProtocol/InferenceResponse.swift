import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayData
import SlipwayModel
import SlipwayServing

/// A response of the Open Inference Protocol V2 over HTTP.
struct InferenceResponse {
    let served: ServedModel
    let batch: PredictionBatch
    let predictionIDs: [String]
    /// Whether the answer came from the cache.
    var isCached = false

    /// The response with the outputs asked for, in the order asked.
    ///
    /// The ids by which outcomes are fed back stand in `parameters.prediction_ids`, separated by commas.
    func response(to request: InferenceRequest, _ forms: OutputForms) -> Response {
        let outputs = (request.outputs ?? batch.outputs.map(\.name)).compactMap { batch[output: $0] }
        var tail = Data()
        var tensors: [JSONValue] = []
        for output in outputs { tensors.append(json(of: output, isBinary: forms.isBinary(output.name), &tail)) }
        var parameters: JSONObject = ["prediction_ids": .string(predictionIDs.joined(separator: ","))]
        if isCached { parameters["cached"] = .boolean(true) }
        let head = JSONValue.object([
            "model_name": .string(served.name), "model_version": .string(String(served.number)),
            "id": .string(request.id ?? predictionIDs[0]),
            "parameters": .object(parameters),
            "outputs": .array(tensors),
        ])
        guard outputs.contains(where: { forms.isBinary($0.name) }) else { return Response(head) }
        return Response(head, followedBy: tail)
    }

    /// One output as JSON; the elements of a binary one go to the tail.
    private func json(of output: PredictorOutput, isBinary: Bool, _ tail: inout Data) -> JSONValue {
        let tensor = output.tensor
        let type = served.declaredType(of: output)
        var members: JSONObject = [
            "name": .string(output.name), "datatype": .string(type.protocolName),
            "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
        ]
        if isBinary {
            let start = tail.count
            TensorBytes.append(tensor, as: type, to: &tail)
            members["parameters"] = .object(["binary_data_size": .integer(Int64(tail.count - start))])
        } else {
            members["data"] = .array((0..<tensor.count).map { JSONValue(tensor.value(at: $0)) })
        }
        return .object(members)
    }
}

extension Response {
    /// A JSON head with binary tensors behind it.
    fileprivate init(_ head: JSONValue, followedBy tail: Data) {
        var bytes: [UInt8] = []
        head.write(into: &bytes)
        var headers: HTTPFields = [.contentType: "application/octet-stream", .cacheControl: "no-store"]
        if let name = InferenceBody.headerName { headers[name] = String(bytes.count) }
        var buffer = ByteBuffer(bytes: bytes)
        buffer.writeBytes(tail)
        self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: buffer))
    }
}
