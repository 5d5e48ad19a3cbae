/// Names and texts as the SQL standard spells them: between marks, of which those inside are doubled.
package enum SQLText {
    /// The name of a table or a column.
    package static func name(_ name: String) -> String { quoted(name, between: "\"") }

    /// A text as a value.
    package static func literal(_ text: String) -> String { quoted(text, between: "'") }

    /// Whatever a dialect puts between marks of its own.
    package static func quoted(_ text: String, between mark: Unicode.Scalar) -> String {
        "\(mark)\(text.escaping([mark: "\(mark)\(mark)"]))\(mark)"
    }
}
