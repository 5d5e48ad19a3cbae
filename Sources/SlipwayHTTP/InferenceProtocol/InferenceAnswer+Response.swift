import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import SlipwayData
import SlipwayModel
import SlipwayServing

extension Response {
    /// An answer of the Open Inference Protocol V2 over HTTP.
    ///
    /// The ids by which outcomes are fed back stand in `parameters.prediction_ids`, separated by commas.
    init(_ answer: InferenceAnswer, in forms: OutputForms) {
        var tail = Data()
        var tensors: [JSONValue] = []
        for output in answer.outputs { tensors.append(output.json(isBinary: forms.isBinary(output.name), &tail)) }
        var parameters: JSONObject = [InferenceAnswer.predictionIDsParameter: .string(answer.predictionIDs)]
        if answer.isCached { parameters[InferenceAnswer.cachedParameter] = .boolean(true) }
        let head = JSONValue.object([
            "model_name": .string(answer.served.name), "model_version": .string(String(answer.served.number)),
            "id": .string(answer.id),
            "parameters": .object(parameters),
            "outputs": .array(tensors),
        ])
        guard answer.outputs.contains(where: { forms.isBinary($0.name) }) else {
            self.init(head)
            return
        }
        self.init(head, followedBy: tail)
    }

    /// A JSON head with binary tensors behind it.
    private init(_ head: JSONValue, followedBy tail: Data) {
        var bytes: [UInt8] = []
        head.write(into: &bytes)
        var headers: HTTPFields = [.contentType: "application/octet-stream", .cacheControl: "no-store"]
        if let name = InferenceBody.headerName { headers[name] = String(bytes.count) }
        var buffer = ByteBuffer(bytes: bytes)
        buffer.writeBytes(tail)
        self.init(status: .ok, headers: headers, body: ResponseBody(byteBuffer: buffer))
    }
}

extension InferenceAnswer.Output {
    /// The output as JSON; the elements of a binary one go to the tail.
    fileprivate func json(isBinary: Bool, _ tail: inout Data) -> JSONValue {
        var members: JSONObject = [
            "name": .string(name), "datatype": .string(datatype.protocolName),
            "shape": .array(tensor.shape.map { .integer(Int64($0)) }),
        ]
        if isBinary {
            let start = tail.count
            TensorBytes.append(tensor, as: datatype, to: &tail)
            members["parameters"] = .object(["binary_data_size": .integer(Int64(tail.count - start))])
        } else {
            members["data"] = .array((0..<tensor.count).map { JSONValue(tensor.value(at: $0)) })
        }
        return .object(members)
    }
}
