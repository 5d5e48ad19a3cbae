/// The names of tables and columns, as statements may safely carry them.
public enum SQLIdentifier {
    /// The name in double quotes, with quotes inside doubled; `nil` when it is empty or holds a NUL character.
    public static func quoted(_ name: String) -> String? {
        guard !name.isEmpty, !name.unicodeScalars.contains("\0") else { return nil }
        // Scalar by scalar: a quote with a combining accent is one Character that does not equal a quote.
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in name.unicodeScalars {
            if scalar == "\"" { quoted.append(scalar) }
            quoted.append(scalar)
        }
        quoted.append("\"")
        return String(quoted)
    }
}
