/// How a CSV file is read that is not written as programs write them, and what becomes of rows that do not parse.
public struct CSVParsing: Equatable, Sendable {
    /// The encoding of the file, by a name that iconv knows; `nil` for UTF-8.
    public var encoding: String?
    /// The byte between two fields.
    public var delimiter: UInt8
    /// How columns are read that have no parsing of their own.
    public var column: ColumnParsing
    /// How single columns are read, by their names; a name that a file does not have is passed over.
    public var columns: [String: ColumnParsing]
    /// The share of rows, from 0 to 1, that may be set aside.
    public var badShareMax: Double

    /// Says how a file is read.
    public init(
        encoding: String? = nil, delimiter: UInt8 = UInt8(ascii: ","), column: ColumnParsing = ColumnParsing(),
        columns: [String: ColumnParsing] = [:], badShareMax: Double = 0
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.column = column
        self.columns = columns
        self.badShareMax = badShareMax
    }
}
