import SlipwayData
import SlipwayModel

/// How commands show a prediction and its reasons to people.
enum PredictionText {
    /// The answer of a model, a line per number.
    static func text(of members: JSONObject) -> String {
        var table = TextTable("answer", "value")
        for (name, value) in members.members {
            guard case .object(let parts) = value else {
                table.append(name, word(value))
                continue
            }
            for (part, number) in parts.members { table.append("\(name) \(part)", word(number)) }
        }
        return table.text
    }

    /// The reasons in plain words, the strongest first, what they add up to, and why they are estimates if they are.
    static func text(of explanation: Explanation, strongest count: Int, in signature: Signature) -> String {
        var lines = explanation.strongest(count).map { explanation.sentence(for: $0, in: signature) }
        lines.append(explanation.summary(strongest: count))
        if let caution = explanation.caution { lines.append(caution) }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func word(_ value: JSONValue) -> String { value.asValue?.text ?? value.text }
}
