/// How large a Parquet file that somebody sent may be.
public struct ParquetLimits: Equatable, Sendable {
    /// The most rows.
    public var rowCountMax: Int
    /// The most columns, those within columns and those that nobody asked for included.
    public var columnCountMax: Int
    /// The most bytes of cells: 8 for a number, 1 for a truth value, the UTF-8 length for a text.
    public var cellByteCountMax: Int
    /// The most memory that reading may take, in bytes; what pages say of themselves cannot exceed it.
    public var memoryByteCountMax: Int
    /// How long reading may take.
    public var timeMax: Duration

    /// Makes limits.
    public init(
        rowCountMax: Int = 10_000, columnCountMax: Int = 2_000, cellByteCountMax: Int = 64 << 20,
        memoryByteCountMax: Int = 256 << 20, timeMax: Duration = .seconds(10)
    ) {
        self.rowCountMax = rowCountMax
        self.columnCountMax = columnCountMax
        self.cellByteCountMax = cellByteCountMax
        self.memoryByteCountMax = memoryByteCountMax
        self.timeMax = timeMax
    }
}
