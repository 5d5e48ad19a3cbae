import HTTPTypes
import SlipwayData
import SlipwayModel
import SlipwayServing

/// The operations of the Open Inference Protocol.
extension OpenAPIModel {
    /// Tensors in, tensors out, as JSON or with bytes behind the JSON.
    var infer: OpenAPIOperation {
        let length =
            "How many bytes of the body are JSON; binary tensors stand behind them. 0 for a body that is one "
            + "raw tensor."
        let header = OpenAPIParameter(
            name: Self.headerName, place: .header, schema: ["type": "integer", "minimum": .integer(0)],
            description: length + " Needed with application/octet-stream.")
        return OpenAPIOperation(
            parameters: [header],
            bodies: [
                OpenAPIContent(request, example: exampleRequest),
                OpenAPIContent(tensors: "JSON with binary tensors behind it (the extension binary_tensor_data)."),
            ],
            answers: [
                OpenAPIContent(answer), OpenAPIContent(tensors: "JSON with the binary tensors asked for behind it."),
            ],
            answerHeaders: [(Self.headerName, length)])
    }

    /// The tensors that the graph reads and gives.
    var metadata: OpenAPIOperation {
        let tensor = OpenAPISchema.object(
            [
                "name": OpenAPISchema.text, "datatype": Self.datatype(ElementType.allCases),
                "shape": OpenAPISchema.list(of: ["type": "integer", "minimum": .integer(-1)]),
            ], isClosed: true)
        return .giving(
            OpenAPISchema.object(
                [
                    "name": OpenAPISchema.text, "versions": OpenAPISchema.list(of: OpenAPISchema.text),
                    "platform": OpenAPISchema.text, "inputs": OpenAPISchema.list(of: tensor),
                    "outputs": OpenAPISchema.list(of: tensor),
                ], isClosed: true))
    }

    /// Whether the model answers.
    static let ready = OpenAPIOperation(
        answers: [
            OpenAPIContent(
                OpenAPISchema.object(["name": OpenAPISchema.text, "ready": OpenAPISchema.truth], isClosed: true))
        ], denial: (.serviceUnavailable, "It does not answer now."))

    /// What versions were asked.
    static let statistics: OpenAPIOperation = {
        let tally = OpenAPISchema.object(["count": OpenAPISchema.count, "ns": OpenAPISchema.count], isClosed: true)
        let figures = OpenAPISchema.object(
            [
                "name": OpenAPISchema.text, "version": OpenAPISchema.text, "last_inference": OpenAPISchema.count,
                "inference_count": OpenAPISchema.count, "execution_count": OpenAPISchema.count,
                "inference_stats": OpenAPISchema.object(["success": tally, "fail": tally, "compute_infer": tally]),
            ])
        return .giving(OpenAPISchema.object(["model_stats": OpenAPISchema.list(of: figures)], isClosed: true))
    }()

    private static let headerName = "Inference-Header-Content-Length"

    private var request: JSONObject {
        let names = served.graphOutputs.map(\.name)
        let output = OpenAPISchema.object(
            ["name": OpenAPISchema.oneOf(names), "parameters": Self.parameters("binary_data")], required: ["name"])
        let inputs = served.graphInputs
        return OpenAPISchema.object(
            [
                "id": ["type": .array(["string", "null"])],
                "parameters": Self.parameters("binary_data_output"),
                "inputs": OpenAPISchema.list(
                    of: OpenAPISchema.either(inputs.map(tensor)), minimum: inputs.count, maximum: inputs.count),
                "outputs": [
                    "type": .array(["array", "null"]), "items": .object(output), "uniqueItems": .boolean(true),
                ],
            ], required: ["inputs"])
    }

    /// The parameters of a request or an output, of which the extension knows one.
    private static func parameters(_ name: String) -> JSONObject {
        OpenAPISchema.object([(name, OpenAPISchema.truth)], required: [])
    }

    private static func datatype(_ types: [ElementType]) -> JSONObject {
        OpenAPISchema.oneOf(types.map(\.protocolName))
    }

    /// The schema of an input with its elements in JSON.
    private func tensor(of input: GraphValue) -> JSONObject {
        let isText = input.type.elementType == .string
        let size: JSONObject = [
            "type": "integer", "minimum": .integer(1), "maximum": .integer(Int64(served.rowCountMax)),
        ]
        return OpenAPISchema.object(
            [
                "name": ["const": .string(input.name)],
                "datatype": Self.datatype(ElementType.allCases.filter { ($0 == .string) == isText }),
                "shape": OpenAPISchema.list(of: size, minimum: 1, maximum: InferenceTensor.rankMax),
                "data": ["type": "array", "minItems": .integer(1)],
            ])
    }

    private var answer: JSONObject {
        let tensor = OpenAPISchema.object(
            [
                "name": OpenAPISchema.oneOf(served.graphOutputs.map(\.name)),
                "datatype": Self.datatype(ElementType.allCases), "shape": OpenAPISchema.list(of: OpenAPISchema.count),
                "data": OpenAPISchema.list(of: OpenAPISchema.cell), "parameters": ["type": "object"],
            ], required: ["name", "datatype", "shape"], isClosed: true)
        return OpenAPISchema.object(
            [
                "model_name": OpenAPISchema.text, "model_version": OpenAPISchema.text, "id": OpenAPISchema.text,
                "parameters": OpenAPISchema.object(["prediction_ids": OpenAPISchema.text], required: []),
                "outputs": OpenAPISchema.list(of: tensor),
            ])
    }

    /// One row of the fields' plain values, in the shapes that the graph declares.
    private var exampleRequest: JSONValue {
        let cells = Array(zip(signature.inputs, signature.exampleRow))
        let inputs = served.graphInputs.map { input -> JSONValue in
            let row = cells.filter { $0.0.slot.input == input.name }.sorted { $0.0.slot.index < $1.0.slot.index }
            return .object([
                "name": .string(input.name), "datatype": .string(input.type.elementType.protocolName),
                "shape": .array([.integer(1), .integer(Int64(row.count))]),
                "data": .array(row.map { JSONValue($0.1) }),
            ])
        }
        return .object(["inputs": .array(inputs)])
    }
}
