import SlipwayData
import SlipwayModel
import SlipwayServing

/// The schema of explanations, and the parameter that asks for them.
enum OpenAPIExplanation {
    /// The name of the schema among the components.
    static let name = "Explanation"

    /// `?explain=3`.
    static let parameter = OpenAPIParameter(
        name: ReasonCount.parameter, place: .query,
        schema: [
            "type": "integer", "minimum": .integer(1), "maximum": .integer(Int64(PredictionService.reasonCountMax)),
        ],
        description: "How many reasons to give for each prediction; at most \(PredictionService.explainedRowCountMax) "
            + "records are explained at once.")

    /// What `explanation` holds in an answer.
    static var schema: JSONObject {
        let number = JSONValue.object(["type": "number"])
        let text = JSONValue.object(["type": "string"])
        let reason: JSONObject = [
            "type": "object", "required": .array(["field", "value", "contribution", "text"]),
            "properties": .object([
                "field": text, "value": .object(["type": .array(["string", "number", "boolean", "null"])]),
                "contribution": number,
                "error": described("number", "The standard error of the contribution, where it is estimated."),
                "text": described("string", "The reason in plain words."),
            ]),
        ]
        return [
            "type": "object",
            "description": "The base, the contributions of the reasons, and the rest sum to the score.",
            "required": .array(["method", "background", "space", "base", "score", "rest", "reasons"]),
            "properties": .object([
                "method": oneOf(Explanation.Method.allCases.map(\.rawValue)),
                "why": described("string", "Why contributions are estimated; absent where they are exact."),
                "background": oneOf(Explanation.Background.allCases.map(\.rawValue)),
                "space": oneOf(Explanation.Space.allCases.map(\.rawValue)),
                "class": described("string", "The class whose score is explained."),
                "base": described("number", "The score that is expected when nothing is known of a row."),
                "score": described("number", "The score of the row."),
                "rest": described("number", "The contributions of all fields that are not among the reasons."),
                "reasons": .object(["type": "array", "items": .object(reason)]),
            ]),
        ]
    }

    private static func described(_ type: String, _ text: String) -> JSONValue {
        .object(["type": .string(type), "description": .string(text)])
    }

    private static func oneOf(_ names: [String]) -> JSONValue {
        .object(["type": "string", "enum": .array(names.map(JSONValue.string))])
    }
}
