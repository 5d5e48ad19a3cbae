import SlipwayData
import SlipwaySQL

/// Values as PostgreSQL reads them.
enum ServerText {
    /// The text of a value; `nil` for NULL, which NaN is as well.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` for a text with a NUL character.
    static func text(of value: Value) throws(SQLError) -> String? {
        switch value {
        case .missing: return nil
        case .boolean(let truth): return truth ? "1" : "0"
        case .integer(let whole): return String(whole)
        case .number(let number): return number.isNaN ? nil : "\(number)"
        case .string(let text):
            guard !text.utf8.contains(0) else {
                throw SQLError(.wrongType, "a text with a NUL character cannot be stored")
            }
            return text
        }
    }
}
