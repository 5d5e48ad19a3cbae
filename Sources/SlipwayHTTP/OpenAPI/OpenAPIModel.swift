import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing

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
        infer.body = OpenAPIInference(served: served).request
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
            var schema = Self.key
            schema["description"] = "The entity that the record is about."
            if case .array(let types)? = schema["type"] { schema["type"] = .array(types + ["null"]) }
            properties[key] = .object(schema)
        }
        var record: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": .boolean(false),
        ]
        if let key = served.lookUpKey {
            record["description"] = "Fields that are not sent are looked up by the key."
            record["anyOf"] = .array([
                .object(["required": .array(required)]),
                .object(["required": .array([.string(key)]), "properties": .object([key: .object(Self.key)])]),
            ])
        } else if !required.isEmpty {
            record["required"] = .array(required)
        }
        return record
    }

    /// A key of an entity.
    private static let key: JSONObject = [
        "type": .array(["string", "number", "boolean"]),
        "maxLength": .integer(Int64(FeedbackParser.keyByteCountMax)),
    ]

    private static func schema(of field: InputField) -> JSONObject {
        let type = JSONValue.string(field.type.rawValue)
        let takesNull = !field.isRequired || field.defaultValue != nil
        var schema: JSONObject = ["type": takesNull ? .array([type, "null"]) : type]
        let limit = field.type == .number && field.elementType == .float32 ? Double(Float.greatestFiniteMagnitude) : nil
        schema["minimum"] = (field.minimum ?? limit.map { -$0 }).map { JSONValue.number($0) }
        schema["maximum"] = (field.maximum ?? limit).map { JSONValue.number($0) }
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
        properties["explanation"] = .object(OpenAPIOperation.reference(to: OpenAPIExplanation.name))
        return ["type": "object", "required": .array(["id"]), "properties": .object(properties)]
    }

    private var predict: JSONObject {
        let record = JSONValue.object(OpenAPIOperation.reference(to: "\(name)_record"))
        let one = OpenAPIOperation.reference(to: "\(name)_prediction")
        let list: JSONObject = [
            "type": "array", "items": record, "minItems": .integer(1),
            "maxItems": .integer(Int64(served.rowCountMax)),
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
            optionalParameters: [OpenAPIExplanation.parameter],
            body: ["oneOf": .array([record, .object(list), Self.records(list)])],
            answer: ["oneOf": .array([.object(one), .object(many)])])
        var operations: JSONObject = ["post": post.json]
        if let key = served.lookUpKey {
            let get = OpenAPIOperation(
                name: "predict_\(name)_by_key", summary: "Predict with \(name), features looked up by key",
                queryParameter: key,
                optionalParameters: key == ReasonCount.parameter ? [] : [OpenAPIExplanation.parameter], answer: one)
            operations["get"] = get.json
        }
        return operations
    }

    private var feedback: OpenAPIOperation {
        let task = served.model.signature.task
        var properties: JSONObject = [
            "id": .object(["type": "string", "format": "uuid", "description": "The id of the prediction."]),
            "key": .object(Self.key), "actual": .object(outcome),
            "time": .object([
                "type": .array(["string", "null"]), "format": "date-time", "description": "When it came true.",
            ]),
        ]
        if let key = served.binding.key, properties[key] == nil { properties[key] = .object(Self.key) }
        if let target = task.target, properties[target] == nil { properties[target] = .object(outcome) }
        let subjects = ["id", "key", served.binding.key].compactMap(\.self)
        let outcomes = ["actual", task.target].compactMap(\.self)
        let record: JSONObject = [
            "type": "object", "properties": .object(properties), "additionalProperties": .boolean(false),
            "allOf": .array([Self.members("anyOf", subjects), Self.members("oneOf", outcomes)]),
        ]
        let list: JSONObject = [
            "type": "array", "items": .object(record), "maxItems": .integer(Int64(FeedbackParser.recordCountMax)),
        ]
        return OpenAPIOperation(
            name: "feed_back_\(name)", summary: "Feed back what \(name) should have predicted",
            body: ["oneOf": .array([.object(record), .object(list), Self.records(list)])],
            answer: ["type": "object", "properties": .object(["accepted": .object(["type": "integer"])])])
    }

    /// What can come true: a class, spelt as the model does or as a number or truth value where it is one; a number.
    private var outcome: JSONObject {
        let task = served.model.signature.task
        var schema: JSONObject = ["description": "What came true."]
        switch task.kind {
        case .regression: schema["type"] = "number"
        case .binary where !task.classes.isEmpty, .multiclass where !task.classes.isEmpty:
            let values =
                task.classes.map(JSONValue.string) + task.classes.compactMap { Int64($0).map(JSONValue.integer) }
            let truths = [true, false].filter { task.classIndex(of: .boolean($0)) != nil }.map(JSONValue.boolean)
            schema["enum"] = .array(values + truths)
        default: schema["type"] = .array(["string", "number", "boolean"])
        }
        return schema
    }

    /// Of which members at least one (`anyOf`) or exactly one (`oneOf`) is required.
    private static func members(_ rule: String, _ names: [String]) -> JSONValue {
        .object([rule: .array(names.map { .object(["required": .array([.string($0)])]) })])
    }

    private static func records(_ list: JSONObject) -> JSONValue {
        .object([
            "type": "object", "required": .array(["records"]), "properties": .object(["records": .object(list)]),
            "additionalProperties": .boolean(false),
        ])
    }
}
