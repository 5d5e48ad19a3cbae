/// Shows text from a configuration file in messages: short, on one line, and without passwords.
enum Quotation {
    /// The most characters of a quoted text.
    static let lengthMax = 60

    /// The text in single quotes.
    static func quoted(_ text: String) -> String { "'\(shortened(text))'" }

    /// The text on one line, cut to ``lengthMax`` characters, with a password of a URL starred out.
    static func shortened(_ text: String) -> String {
        let beginning = text.prefix(4 * lengthMax)
        let plain = SecretPolicy.redacted(String(beginning))
        let line = String(plain.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 } ? " " : $0 })
        return line.count > lengthMax || beginning.endIndex != text.endIndex ? line.prefix(lengthMax) + "…" : line
    }

    /// Alternatives as prose: `a, b, or c`.
    static func alternatives(_ choices: [String]) -> String {
        switch choices.count {
        case 0: "nothing"
        case 1: choices[0]
        case 2: "\(choices[0]) or \(choices[1])"
        default: choices.dropLast().joined(separator: ", ") + ", or " + choices[choices.count - 1]
        }
    }
}
