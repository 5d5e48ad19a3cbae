import SlipwayData

/// Writes single values as the literals of a language.
struct SampleLiteral {
    static let python = SampleLiteral(missing: "None", truths: ("True", "False")) { "\\u" + hexadecimal($0, width: 4) }
    static let r = SampleLiteral(missing: "NULL", truths: ("TRUE", "FALSE")) { code in
        // No text of R holds a NUL.
        code == 0 ? "" : "\\u{\(hexadecimal(code, width: 1))}"
    }
    static let swift = SampleLiteral(missing: "NSNull()", truths: ("true", "false")) {
        "\\u{\(hexadecimal($0, width: 1))}"
    }

    private let missing: String
    private let truths: (yes: String, no: String)
    private let escape: @Sendable (UInt32) -> String

    private init(missing: String, truths: (String, String), escape: @escaping @Sendable (UInt32) -> String) {
        self.missing = missing
        self.truths = truths
        self.escape = escape
    }

    /// The literal of a value that is neither a list nor an object.
    func text(of value: JSONValue) -> String {
        switch value {
        case .boolean(let truth): truth ? truths.yes : truths.no
        case .string(let text): quoted(text)
        case .integer, .number: value.text
        case .null, .array, .object: missing
        }
    }

    /// The name of a member of a list in R.
    static func nameInR(_ name: String) -> String { r.quoted(name, in: "`") }

    /// A text in quotes; what a language could read otherwise is escaped.
    private func quoted(_ text: String, in mark: Unicode.Scalar = "\"") -> String {
        var literal = String(mark)
        for scalar in text.unicodeScalars {
            switch scalar {
            case mark, "\\": literal += "\\\(scalar)"
            case "\n": literal += "\\n"
            case "\t": literal += "\\t"
            case "\r": literal += "\\r"
            // Beside the control characters, the line ends of Unicode, at which some languages end a line.
            case _ where scalar.value < 32 || (127..<160).contains(scalar.value), "\u{2028}", "\u{2029}":
                literal += escape(scalar.value)
            default: literal.unicodeScalars.append(scalar)
            }
        }
        return literal + String(mark)
    }

    private static func hexadecimal(_ code: UInt32, width: Int) -> String {
        let digits = String(code, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
