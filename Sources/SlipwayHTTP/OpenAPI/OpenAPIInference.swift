import SlipwayData
import SlipwayModel
import SlipwayServing

/// The schema of an inference request of the Open Inference Protocol V2 for one served model.
struct OpenAPIInference {
    let served: ServedModel

    var request: JSONObject {
        let text: JSONObject = ["type": .array(["string", "null"])]
        return [
            "type": "object", "required": .array(["inputs"]),
            "properties": .object([
                "id": .object(text), "parameters": .object(["type": "object"]),
                "inputs": .object([
                    "type": "array", "items": .object(["oneOf": .array(served.graphInputs.map(Self.tensor))]),
                    "minItems": .integer(Int64(served.graphInputs.count)),
                    "maxItems": .integer(Int64(served.graphInputs.count)),
                ]),
                "outputs": .object(["type": .array(["array", "null"]), "items": output]),
            ]),
        ]
    }

    private static func tensor(of input: GraphValue) -> JSONValue {
        let isText = input.type.elementType == .string
        let types = ElementType.allCases.filter { ($0 == .string) == isText }.map { JSONValue.string($0.protocolName) }
        let size: JSONObject = [
            "type": "integer", "minimum": .integer(1), "maximum": .integer(Int64(InferenceTensor.elementCountMax)),
        ]
        return .object([
            "type": "object", "required": .array(["name", "shape", "datatype", "data"]),
            "properties": .object([
                "name": .object(["const": .string(input.name)]),
                "datatype": .object(["enum": .array(types)]),
                "shape": .object([
                    "type": "array", "items": .object(size), "minItems": .integer(1),
                    "maxItems": .integer(2),
                ]),
                "data": .object(["type": "array", "minItems": .integer(1)]),
                "parameters": .object(["type": "object"]),
            ]),
        ])
    }

    private var output: JSONValue {
        let names = served.graphOutputs.map { JSONValue.string($0.name) }
        return .object([
            "type": "object", "required": .array(["name"]),
            "properties": .object(["name": .object(["enum": .array(names)])]),
        ])
    }
}
