/// The rows of a Parquet file whose moment in one column lies in a stretch of time.
public struct ParquetRange: Equatable, Sendable {
    /// The name of the column, one of times.
    public var column: String
    /// The first moment.
    public var start: Timestamp
    /// The first moment after the stretch.
    public var end: Timestamp

    /// Makes a range.
    public init(of column: String, from start: Timestamp, until end: Timestamp) {
        self.column = column
        self.start = start
        self.end = end
    }
}
