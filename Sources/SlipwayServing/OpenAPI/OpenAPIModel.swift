import SlipwayData
import SlipwayModel

/// The paths and schemas of one served model.
struct OpenAPIModel {
    let served: ServedModel

    private var name: String { served.name }

    var paths: JSONObject {
        let root = "/models/\(name)"
        let describe = OpenAPIOperation(name: "describe_\(name)", summary: "Describe \(name)")
        let metadata = protocolOperation("metadata", "Describe the tensors of \(name)")
        let ready = protocolOperation("ready", "Say whether \(name) answers")
        var infer = protocolOperation("infer", "Infer with \(name) by the Open Inference Protocol V2")
        infer.body = ["type": "object", "required": .array(["inputs"])]
        return [
            "\(root)/predict": .object(predict), "\(root)/feedback": .object(["post": feedback.json]),
            root: .object(["get": describe.json]), "/v2\(root)": .object(["get": metadata.json]),
            "/v2\(root)/ready": .object(["get": ready.json]), "/v2\(root)/infer": .object(["post": infer.json]),
        ]
    }

    var schemas: JSONObject {
        ["\(name)_record": .object(record), "\(name)_prediction": .object(prediction)]
    }

    private func protocolOperation(_ verb: String, _ summary: String) -> OpenAPIOperation {
        OpenAPIOperation(name: "v2_\(verb)_\(name)", summary: summary, speaksInferenceProtocol: true)
    }

    private var record: JSONObject {
        let inputs = served.model.signature.inputs
        var properties = JSONObject(inputs.map { (name: $0.name, value: .object(Self.schema(of: $0))) })
        let required = inputs.filter { $0.isRequired && $0.defaultValue == nil }.map { JSONValue.string($0.name) }
        if let key = served.binding.key, properties[key] == nil {
            properties[key] = .object(["description": "The entity that the record is about."])
        }
        var record: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": .boolean(false),
        ]
        if served.lookUpKey != nil {
            record["description"] = "Fields that are not sent are looked up by the key."
        } else if !required.isEmpty {
            record["required"] = .array(required)
        }
        return record
    }

    private static func schema(of field: InputField) -> JSONObject {
        let type = JSONValue.string(field.type.rawValue)
        let takesNull = !field.isRequired || field.defaultValue != nil
        var schema: JSONObject = ["type": takesNull ? .array([type, "null"]) : type]
        schema["minimum"] = field.minimum.map { JSONValue.number($0) }
        schema["maximum"] = field.maximum.map { JSONValue.number($0) }
        if let categories = field.categories {
            schema["enum"] = .array(categories.map { JSONValue($0) } + (takesNull ? [.null] : []))
        }
        schema["default"] = field.defaultValue.map { JSONValue($0) }
        let words = [field.meaning, field.unit.map { "in \($0)" }].compactMap { $0 }.joined(separator: ", ")
        if !words.isEmpty { schema["description"] = .string(words) }
        return schema
    }

    private var prediction: JSONObject {
        var properties: JSONObject = [
            "id": .object(["type": "string"]), "model": .object(["type": "string"]),
            "version": .object(["type": "integer"]),
        ]
        let task = served.model.signature.task
        if task.kind == .other {
            properties["outputs"] = .object(["type": "object"])
        } else {
            properties["prediction"] = .object([:])
            let classes = task.classes.map { (name: $0, value: JSONValue.object(["type": "number"])) }
            if !classes.isEmpty {
                let numbers: JSONObject = ["type": "object", "properties": .object(JSONObject(classes))]
                if !served.givesRawScores {
                    properties["probabilities"] = .object(
                        JSONObject([("description", "The probability of each class.")] + numbers.members))
                }
                properties["scores"] = .object(
                    JSONObject(
                        [("description", "The score of each class, where they are no probabilities.")]
                            + numbers.members))
            }
        }
        return ["type": "object", "required": .array(["id"]), "properties": .object(properties)]
    }

    private var predict: JSONObject {
        let record = JSONValue.object(OpenAPIOperation.reference(to: "\(name)_record"))
        let one = OpenAPIOperation.reference(to: "\(name)_prediction")
        let list: JSONObject = [
            "type": "array", "items": record, "minItems": .integer(1),
            "maxItems": .integer(Int64(PredictionService.rowCountMax)),
        ]
        let many: JSONObject = [
            "type": "object", "required": .array(["model", "version", "predictions"]),
            "properties": .object([
                "model": .object(["type": "string"]), "version": .object(["type": "integer"]),
                "predictions": .object(["type": "array", "items": .object(one)]),
            ]),
        ]
        let post = OpenAPIOperation(
            name: "predict_\(name)", summary: "Predict with \(name)",
            body: ["oneOf": .array([record, .object(list), Self.records(list)])],
            answer: ["oneOf": .array([.object(one), .object(many)])])
        var operations: JSONObject = ["post": post.json]
        if let key = served.lookUpKey {
            let get = OpenAPIOperation(
                name: "predict_\(name)_by_key", summary: "Predict with \(name), features looked up by key",
                queryParameter: key, answer: one)
            operations["get"] = get.json
        }
        return operations
    }

    private var feedback: OpenAPIOperation {
        let task = served.model.signature.task
        var properties: JSONObject = [
            "id": .object(["type": "string", "description": "The id of the prediction."]), "key": .object([:]),
            "actual": .object(["description": "What came true."]),
            "time": .object(["type": "string", "format": "date-time", "description": "When it came true."]),
        ]
        for other in [served.binding.key, task.target].compactMap({ $0 }) where properties[other] == nil {
            properties[other] = .object([:])
        }
        let outcome: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": .boolean(false),
        ]
        let list: JSONObject = ["type": "array", "items": .object(outcome)]
        return OpenAPIOperation(
            name: "feed_back_\(name)", summary: "Feed back what \(name) should have predicted",
            body: ["oneOf": .array([.object(outcome), .object(list), Self.records(list)])],
            answer: ["type": "object", "properties": .object(["accepted": .object(["type": "integer"])])])
    }

    private static func records(_ list: JSONObject) -> JSONValue {
        .object([
            "type": "object", "required": .array(["records"]), "properties": .object(["records": .object(list)]),
        ])
    }
}
