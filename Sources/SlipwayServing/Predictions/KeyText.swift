package import SlipwayData

/// Reads a key from the text of a query parameter.
package enum KeyText {
    /// A whole number where the text is one, written as numbers are; else the text.
    package static func value(of text: String) -> Value {
        guard let whole = Int64(text), String(whole) == text else { return .string(text) }
        return .integer(whole)
    }
}
