/// How large a file of JSON Lines may be before it is refused.
public struct JSONLinesLimits: Equatable, Sendable {
    /// The most bytes of one line.
    public var lineByteCountMax: Int
    /// The most columns.
    public var columnCountMax: Int
    /// The most rows.
    public var rowCountMax: Int

    /// Makes limits.
    public init(lineByteCountMax: Int = 4 << 20, columnCountMax: Int = 10_000, rowCountMax: Int = 1_000_000_000) {
        self.lineByteCountMax = lineByteCountMax
        self.columnCountMax = columnCountMax
        self.rowCountMax = rowCountMax
    }

    /// 4 MiB a line, 10,000 columns, a billion rows.
    public static let `default` = JSONLinesLimits()
}
