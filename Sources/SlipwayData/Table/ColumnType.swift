/// The types of values that a table, a signature, and an answer speak of.
///
/// The raw values are the names of JSON Schema, because users meet them in `slipway.yaml` and in the API document.
public enum ColumnType: String, Codable, Hashable, Sendable, CaseIterable {
    /// True or false.
    case boolean
    /// A whole number of 64 bits.
    case integer
    /// A floating-point number of double precision.
    case number
    /// Text in UTF-8.
    case string
}
