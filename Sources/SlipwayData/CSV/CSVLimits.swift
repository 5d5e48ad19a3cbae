/// How large a CSV file may be before it is refused.
public struct CSVLimits: Equatable, Sendable {
    /// The most bytes of a file that is read as a whole; batches have no such limit.
    public var byteCountMax: Int
    /// The most bytes of one record, quoted line ends included.
    public var recordByteCountMax: Int
    /// The most fields of one record.
    public var fieldCountMax: Int
    /// The most rows, the header left out.
    public var rowCountMax: Int

    /// Makes limits.
    public init(
        byteCountMax: Int = 4 << 30, recordByteCountMax: Int = 1 << 20, fieldCountMax: Int = 10_000,
        rowCountMax: Int = 1_000_000_000
    ) {
        self.byteCountMax = byteCountMax
        self.recordByteCountMax = recordByteCountMax
        self.fieldCountMax = fieldCountMax
        self.rowCountMax = rowCountMax
    }

    /// 4 GiB in one piece, 1 MiB a record, 10,000 fields, a billion rows.
    public static let `default` = CSVLimits()
}
