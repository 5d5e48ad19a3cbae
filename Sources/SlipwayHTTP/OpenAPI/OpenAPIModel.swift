import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing

/// The schemas of one served model, with its own fields, ranges, classes, and limits.
struct OpenAPIModel {
    let served: ServedModel

    /// The name of the model.
    var name: String { served.name }
    /// The model's fields and what they may hold.
    var signature: Signature { served.model.signature }

    /// What stands among the components.
    var schemas: [(name: String, schema: JSONObject)] {
        [("\(name)_record", record), ("\(name)_prediction", prediction), ("\(name)_outcome", outcome)]
    }

    /// A reference to one of ``schemas``.
    func reference(to part: String) -> JSONObject { OpenAPISchema.reference(to: "\(name)_\(part)") }

    /// A record that the model takes: the middle of each range, the first of each set of categories.
    var exampleRecord: JSONObject {
        JSONObject(zip(signature.inputs, signature.exampleRow).map { (name: $0.name, value: JSONValue($1)) })
    }

    /// The schema of one record.
    private var record: JSONObject {
        let inputs = signature.inputs
        var properties = inputs.map { (name: $0.name, schema: Self.schema(of: $0)) }
        let required = inputs.filter { $0.isRequired && $0.defaultValue == nil }.map(\.name)
        if let key = served.binding.key, signature.input(named: key) == nil {
            properties.append((key, OpenAPISchema.described(Self.keyOrNull, "The entity that the record is about.")))
        }
        guard let key = served.lookUpKey else {
            return OpenAPISchema.object(properties, required: required, isClosed: true)
        }
        var record = OpenAPISchema.object(properties, required: [], isClosed: true)
        record["description"] = "Fields that are not sent are looked up by the key."
        record["anyOf"] = .array([
            .object(["required": .array(required.map(JSONValue.string))]),
            .object(["required": .array([.string(key)]), "properties": .object([key: .object(Self.key)])]),
        ])
        return record
    }

    /// A key of an entity.
    static let key: JSONObject = [
        "type": .array(["string", "number", "boolean"]),
        "maxLength": .integer(Int64(FeedbackParser.keyByteCountMax)),
    ]

    /// A key that may be left to another member.
    private static let keyOrNull: JSONObject = {
        var schema = key
        schema["type"] = OpenAPISchema.cell["type"]
        return schema
    }()

    /// What one field may hold.
    static func schema(of field: InputField) -> JSONObject {
        let type = JSONValue.string(field.type.rawValue)
        let takesNull = !field.isRequired || field.defaultValue != nil
        var schema: JSONObject = ["type": takesNull ? .array([type, "null"]) : type]
        schema["minimum"] = (field.minimum ?? field.wholeLimits?.lowerBound).map { JSONValue(.number($0)) }
        schema["maximum"] = (field.maximum ?? field.wholeLimits?.upperBound).map { JSONValue(.number($0)) }
        if let overflow = field.overflow {
            if field.minimum == nil { schema["exclusiveMinimum"] = .number(-overflow) }
            if field.maximum == nil { schema["exclusiveMaximum"] = .number(overflow) }
        }
        if let categories = field.categories {
            schema["enum"] = .array(categories.map { JSONValue($0) } + (takesNull ? [.null] : []))
        }
        schema["default"] = field.defaultValue.map { JSONValue($0) }
        if !field.words.isEmpty { schema["description"] = .string(field.words) }
        return schema
    }

    /// The schema of the answer for one record.
    private var prediction: JSONObject {
        var properties: [(name: String, schema: JSONObject)] = [
            ("id", OpenAPISchema.described(OpenAPISchema.text, "The id by which the true outcome is fed back.")),
            ("model", OpenAPISchema.text), ("version", OpenAPISchema.count),
        ]
        var required = ["id"]
        let task = signature.task
        if task.kind == .other {
            properties.append(("outputs", ["type": "object"]))
            required.append("outputs")
        } else {
            properties.append(("prediction", predicted))
            required.append("prediction")
            if !task.classes.isEmpty {
                let numbers = OpenAPISchema.object(
                    task.classes.map { ($0, OpenAPISchema.numberOrNull) }, required: [], isClosed: true)
                if !served.givesRawScores {
                    properties.append(
                        ("probabilities", OpenAPISchema.described(numbers, "The probability of each class.")))
                }
                properties.append(
                    (
                        "scores",
                        OpenAPISchema.described(numbers, "The score of each class, where they are no probabilities.")
                    ))
            }
        }
        let use = served.binding.featureUse
        if use.ageMax != nil || use.onFailure == .stale {
            properties.append(
                (
                    PredictionAnswer.staleMember,
                    OpenAPISchema.described(
                        OpenAPISchema.truth, "True where stored features were older than they should be.")
                ))
        }
        if case .defaults = use.onFailure {
            properties.append(
                (
                    PredictionAnswer.defaultMember,
                    OpenAPISchema.described(
                        OpenAPISchema.truth, "True where stated values stood in for stored features.")
                ))
        }
        properties.append(("explanation", OpenAPISchema.reference(to: OpenAPIExplanation.name)))
        return OpenAPISchema.object(properties, required: required, isClosed: true)
    }

    /// The predicted class, spelt as the model does, or the predicted number.
    private var predicted: JSONObject {
        switch signature.task.kind {
        case .regression: OpenAPISchema.numberOrNull
        default: OpenAPISchema.cell
        }
    }

    /// The schema of one true outcome.
    private var outcome: JSONObject {
        let task = signature.task
        var properties: [(name: String, schema: JSONObject)] = [
            (
                "id",
                [
                    "type": .array(["string", "null"]), "format": "uuid",
                    "description": "The id of the prediction.",
                ]
            ),
            ("key", Self.keyOrNull), ("actual", actual),
            (
                "time",
                ["type": .array(["string", "null"]), "format": "date-time", "description": "When it came true."]
            ),
        ]
        func add(_ name: String?, _ schema: JSONObject) {
            guard let name, !properties.contains(where: { $0.name == name }) else { return }
            properties.append((name, schema))
        }
        add(served.binding.key, Self.keyOrNull)
        add(task.target, actual)
        var schema = OpenAPISchema.object(properties, required: [], isClosed: true)
        let subjects = Set(["id", "key", served.binding.key].compactMap(\.self)).sorted()
        let outcomes = Set(["actual", task.target].compactMap(\.self)).sorted()
        schema["allOf"] = .array([
            .object(["anyOf": .array(subjects.map(Self.present))]),
            .object(["oneOf": .array(outcomes.map { .object(["required": .array([.string($0)])]) })]),
        ])
        return schema
    }

    /// What can come true: a class, spelt as the model does or as a number or truth value where it is one; a number.
    private var actual: JSONObject {
        let task = signature.task
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

    /// That a member is there and is not null.
    private static func present(_ name: String) -> JSONValue {
        .object([
            "required": .array([.string(name)]),
            "properties": .object([name: .object(["not": .object(["type": "null"])])]),
        ])
    }
}

extension InputField {
    /// The smallest magnitude that the model's own type rounds to infinity, where JSON could say more.
    fileprivate var overflow: Double? {
        switch (type, elementType) {
        // Half a step beyond the largest number, from where numbers round away.
        case (.number, .float32): 0x1.ffffffp127
        case (.number, .float16): 65_520
        default: nil
        }
    }

    /// The whole numbers that the model's own type holds, or that all readers of JSON agree on.
    fileprivate var wholeLimits: ClosedRange<Double>? {
        guard type == .integer else { return nil }
        return elementType.wholeRange.map { Double($0.lowerBound)...Double($0.upperBound) }
            ?? -9_007_199_254_740_991...9_007_199_254_740_991
    }
}
