import SlipwayData
import SlipwayMonitoring
import SlipwayRegistry

/// The schemas of a challenger, and of how it does beside its champion.
enum OpenAPIChallenger {
    /// The name of the challenger's schema among the components.
    static let name = "Challenger"
    /// The name of the report's.
    static let reportName = "ChallengerReport"

    /// What the registry says of the trial.
    static let schema = OpenAPISchema.object(members, required: required, isClosed: true)

    /// The same with what both sides did.
    static let reportSchema = OpenAPISchema.object(
        members + [
            ("calls", OpenAPISchema.described(calls, "What this server saw of both.")), ("comparison", comparison),
        ],
        required: required + ["calls", "comparison"], isClosed: true)

    private static let required = ["version", "mode", "share", "since"]

    private static let members: [(name: String, schema: JSONObject)] = [
        ("version", OpenAPISchema.count), ("mode", OpenAPISchema.oneOf(Challenger.Mode.allCases.map(\.rawValue))),
        ("share", OpenAPISchema.described(OpenAPISchema.number, "The share of the calls, or of the entities.")),
        ("since", time), ("key", OpenAPISchema.described(OpenAPISchema.text, "The field that decides who answers.")),
        (
            "guard",
            OpenAPISchema.object(
                [
                    "error_rate": OpenAPISchema.numberOrNull, "latency_ratio": OpenAPISchema.numberOrNull,
                    "accuracy_loss": OpenAPISchema.numberOrNull, "minimum_calls": OpenAPISchema.count,
                    "level": OpenAPISchema.number,
                ], isClosed: true)
        ),
        ("stopped", OpenAPISchema.described(OpenAPISchema.truth, "Whether it broke its guard and gets no more calls.")),
    ]

    private static let time: JSONObject = ["type": "string", "format": "date-time"]

    private static let calls: JSONObject = {
        let arm = OpenAPISchema.object(
            [
                "calls": OpenAPISchema.count, "failures": OpenAPISchema.count,
                "p99_us": OpenAPISchema.numberOrNull,
            ], isClosed: true)
        let shadow = OpenAPISchema.object(
            ["calls": OpenAPISchema.count, "failures": OpenAPISchema.count, "dropped": OpenAPISchema.count],
            isClosed: true)
        return OpenAPISchema.either([
            OpenAPISchema.object(["champion": arm, "challenger": arm], isClosed: true),
            OpenAPISchema.object(["shadow": shadow], isClosed: true),
        ])
    }()

    private static let comparison: JSONObject = {
        let counts = OpenAPISchema.object(
            ["champion": OpenAPISchema.count, "challenger": OpenAPISchema.count], isClosed: true)
        let window = OpenAPISchema.object(["start": OpenAPISchema.text, "end": OpenAPISchema.text], isClosed: true)
        let difference = found(
            OpenAPISchema.object(
                [
                    "method": OpenAPISchema.oneOf(DifferenceReport.Method.allCases.map(\.rawValue)),
                    "champion": OpenAPISchema.number, "challenger": OpenAPISchema.number,
                    "difference": OpenAPISchema.number, "low": OpenAPISchema.number, "high": OpenAPISchema.number,
                    "confidence": OpenAPISchema.number, "p_value": OpenAPISchema.number,
                    "champion_rows": OpenAPISchema.count, "challenger_rows": OpenAPISchema.count,
                ], isClosed: true))
        let members: [(name: String, schema: JSONObject)] = [
            ("champion", OpenAPISchema.count), ("challenger", OpenAPISchema.count),
            ("role", OpenAPISchema.oneOf(PredictionRecord.Role.allCases.map(\.rawValue))), ("window", window),
            ("rows", counts), ("outcomes", counts), ("agreement", found(OpenAPISchema.number)),
            ("predictions", difference), ("accuracy", difference), ("error", difference),
        ]
        return OpenAPISchema.object(
            members + [("broken_guard", OpenAPISchema.text)], required: members.map(\.name), isClosed: true)
    }()

    /// A figure, or why there is none.
    private static func found(_ schema: JSONObject) -> JSONObject {
        OpenAPISchema.either([schema, OpenAPISchema.object(["unavailable": OpenAPISchema.text], isClosed: true)])
    }
}
