import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import SlipwayServing

/// The operations in named fields.
extension OpenAPIModel {
    /// One record, a list of records, or `{"records": […]}`.
    var predict: OpenAPIOperation {
        let list = OpenAPISchema.list(
            of: reference(to: "record"), minimum: 1, maximum: served.rowCountMax)
        let many = OpenAPISchema.object(
            [
                "model": OpenAPISchema.text, "version": OpenAPISchema.count,
                "predictions": OpenAPISchema.list(of: reference(to: "prediction")),
            ], isClosed: true)
        return OpenAPIOperation(
            parameters: [OpenAPIExplanation.parameter],
            bodies: [
                OpenAPIContent(
                    OpenAPISchema.either([reference(to: "record"), list, Self.records(list)]),
                    example: .object(exampleRecord))
            ],
            answers: [OpenAPIContent(OpenAPISchema.either([reference(to: "prediction"), many]))],
            refusals: served.lookUpKey == nil ? [] : .features)
    }

    /// Features looked up by key; `nil` for a model that has no feature view.
    var predictByKey: OpenAPIOperation? {
        guard let key = served.lookUpKey else { return nil }
        let named = OpenAPIParameter(
            name: key, place: .query, isRequired: true,
            schema: [
                "type": "string", "minLength": .integer(1),
                "maxLength": .integer(Int64(FeedbackParser.keyByteCountMax)),
            ],
            description: "The entity whose stored features the model is given.")
        return OpenAPIOperation(
            parameters: [named] + (key == ReasonCount.parameter ? [] : [OpenAPIExplanation.parameter]),
            answers: [OpenAPIContent(reference(to: "prediction"))])
    }

    /// The newest stored prediction for a key; `nil` for a model that has none.
    var storedPrediction: OpenAPIOperation? {
        guard let view = served.binding.storedPredictions else { return nil }
        let key = OpenAPIParameter(
            name: "key", place: .path, schema: ["type": "string", "minLength": .integer(1)],
            description: "The \(view.key) whose stored prediction is asked for.")
        let schema = OpenAPISchema.object(
            [
                "model": OpenAPISchema.text,
                "key": OpenAPISchema.described(OpenAPISchema.cell, "The key as it is stored."),
                "version": OpenAPISchema.described(OpenAPISchema.cell, "The version that answered."),
                "scored_at": OpenAPISchema.described(OpenAPISchema.cell, "When it answered."),
                "answer": OpenAPISchema.described(["type": "object"], "The other columns that are stored."),
                StoredPrediction.staleMember: OpenAPISchema.described(
                    OpenAPISchema.truth, "True where the prediction is older than it should be."),
            ], required: ["model", "key", "version", "scored_at", "answer"], isClosed: true)
        return OpenAPIOperation(parameters: [key], answers: [OpenAPIContent(schema)])
    }

    /// One outcome, a list of outcomes, or `{"records": […]}`.
    var feedBack: OpenAPIOperation {
        let list = OpenAPISchema.list(of: reference(to: "outcome"), maximum: FeedbackParser.recordCountMax)
        return OpenAPIOperation(
            bodies: [
                OpenAPIContent(
                    OpenAPISchema.either([reference(to: "outcome"), list, Self.records(list)]),
                    example: .object(["key": "1", "actual": exampleOutcome]))
            ],
            answers: [
                OpenAPIContent(OpenAPISchema.object(["accepted": OpenAPISchema.count], isClosed: true))
            ])
    }

    /// What the model is and reads.
    var description: OpenAPIOperation {
        .giving(
            Self.summarySchema(
                with: ["signature": ["type": "object"]],
                optional: [
                    "key": OpenAPISchema.text, "stored_predictions": OpenAPISchema.text,
                    "feature_view": OpenAPISchema.text, "metrics": ["type": "object"], "card": OpenAPISchema.text,
                ]))
    }

    /// How a challenger does; `nil` for a model that has none.
    var challenger: OpenAPIOperation? {
        guard served.challenger != nil else { return nil }
        return .giving(
            OpenAPISchema.object(
                [
                    "model": OpenAPISchema.text,
                    "challenger": OpenAPISchema.reference(to: OpenAPIChallenger.reportName),
                ], isClosed: true))
    }

    /// What is said of each model in a list, and more.
    static func summarySchema(
        with more: KeyValuePairs<String, JSONObject> = [:], optional: KeyValuePairs<String, JSONObject> = [:]
    ) -> JSONObject {
        let always = summary + more.map { ($0.key, $0.value) }
        let sometimes =
            [("challenger", OpenAPISchema.reference(to: OpenAPIChallenger.name))] + optional.map { ($0.key, $0.value) }
        return OpenAPISchema.object(always + sometimes, required: always.map(\.name), isClosed: true)
    }

    private static let summary: [(name: String, schema: JSONObject)] = [
        ("name", OpenAPISchema.text), ("version", OpenAPISchema.count), ("digest", OpenAPISchema.text),
        ("engine", OpenAPISchema.text), ("loaded_at", ["type": "string", "format": "date-time"]),
    ]

    private var exampleOutcome: JSONValue {
        let task = signature.task
        return task.kind == .regression ? .number(0) : .string(task.positiveClass ?? task.classes.first ?? "1")
    }

    private static func records(_ list: JSONObject) -> JSONObject {
        OpenAPISchema.object(["records": list], isClosed: true)
    }
}
