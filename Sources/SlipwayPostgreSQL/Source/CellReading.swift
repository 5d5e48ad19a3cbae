import SlipwayData

/// How the cells of a column are read from the text in which PostgreSQL writes them.
///
/// Types are told by the fixed numbers of PostgreSQL's catalogue (`pg_type.dat`). A number of 32 bits keeps the value
/// that it has, which is not that of its decimal text; one of arbitrary precision is rounded to 64 bits. Dates and times
/// come as ISO 8601, those with a zone in UTC. What is not listed comes as its text.
enum CellReading {
    case boolean
    case integer
    case single
    case double
    case timestamp
    case text
    /// Bytes, which are no value of a table.
    case bytes

    /// The reading of a type by its number.
    init(type: UInt32) {
        self =
            switch type {
            case 16: .boolean
            case 20, 21, 23, 26: .integer
            case 700: .single
            case 701, 1700: .double
            case 1114, 1184: .timestamp
            case 17: .bytes
            default: .text
            }
    }

    /// The type of a column that is read so.
    var columnType: ColumnType {
        switch self {
        case .boolean: .boolean
        case .integer: .integer
        case .single, .double: .number
        case .timestamp, .text, .bytes: .string
        }
    }

    /// The value of a cell; `nil` for a text that the type never has.
    func value(of text: String) -> Value? {
        switch self {
        case .boolean: text == "t" ? .boolean(true) : text == "f" ? .boolean(false) : nil
        case .integer: Int64(text).map(Value.integer)
        case .single: Float(text).map { .number(Double($0)) }
        case .double: Double(text).map(Value.number)
        case .timestamp: .string(Self.timestamp(text))
        case .text: .string(text)
        case .bytes: nil
        }
    }

    /// A time such as `2026-03-01 09:30:00.5+00` as ISO 8601 writes it, `2026-03-01T09:30:00.500Z`.
    ///
    /// A time before the year 1 or beyond 9999, and one that never comes, stay as they are.
    static func timestamp(_ text: String) -> String {
        guard let space = text.utf8.firstIndex(of: UInt8(ascii: " ")), text.utf8.last != UInt8(ascii: "C"),
            text.utf8.distance(from: text.startIndex, to: space) == ISOText.dateByteCount
        else { return text }
        let isUTC = text.hasSuffix(Self.utc)
        let end = isUTC ? text.utf8.index(text.endIndex, offsetBy: -Self.utc.utf8.count) : text.endIndex
        let clock = text[text.utf8.index(after: space)..<end]
        let point = clock.utf8.firstIndex(of: UInt8(ascii: ".")) ?? end
        return ISOText.time(
            date: text[..<space], clock: clock[..<point], decimals: clock[point...].dropFirst(), isUTC: isUTC)
    }

    /// How PostgreSQL writes the zone, which each connection sets.
    private static let utc = "+00"
}
