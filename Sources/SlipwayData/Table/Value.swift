/// One cell of a table: a typed value, or nothing.
///
/// NaN is not told apart from a missing value anywhere in Slipway: ``number(_:)`` of NaN reads as ``isMissing``.
public enum Value: Hashable, Sendable {
    /// No value: SQL NULL, JSON null, an empty CSV cell.
    case missing
    /// A truth value.
    case boolean(Bool)
    /// A whole number.
    case integer(Int64)
    /// A floating-point number.
    case number(Double)
    /// A text.
    case string(String)

    /// Whether there is no value here; NaN counts as none.
    public var isMissing: Bool {
        switch self {
        case .missing: true
        case .number(let number): number.isNaN
        default: false
        }
    }

    /// The type of the value, or `nil` when it is missing.
    public var type: ColumnType? {
        switch self {
        case .missing: nil
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .string: .string
        }
    }

    /// The value as a number: truth as 0 or 1, text and missing as `nil`.
    public var asNumber: Double? {
        switch self {
        case .boolean(let truth): truth ? 1 : 0
        case .integer(let whole): Double(whole)
        case .number(let number): number
        case .string, .missing: nil
        }
    }

    /// The value as text that reads back the same; empty for a missing one.
    ///
    /// A whole ``number(_:)`` below 2^53 is written without a fraction (`1`, not `1.0`), as CSV and keys expect.
    public var text: String {
        switch self {
        case .missing: return ""
        case .boolean(let truth): return truth ? "true" : "false"
        case .integer(let whole): return String(whole)
        case .number(let number):
            if number.isNaN { return "" }
            if number == number.rounded(), abs(number) < 9_007_199_254_740_992 { return String(Int64(number)) }
            return String(number)
        case .string(let text): return text
        }
    }
}
