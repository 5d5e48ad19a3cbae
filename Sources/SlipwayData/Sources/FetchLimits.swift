/// How much a data source may return, and how long it may take.
public struct FetchLimits: Equatable, Sendable {
    /// The rows that a fetch may return unless told otherwise.
    public static let rowCountMaxDefault = 10_000_000
    /// The bytes of cells that a fetch may return unless told otherwise: 4 GiB.
    public static let byteCountMaxDefault = 4 << 30
    /// The time that a fetch may take unless told otherwise.
    public static let timeoutDefault: Duration = .seconds(300)

    /// The most rows; one row more is refused, not cut off.
    public var rowCountMax: Int
    /// The most bytes of cells: 8 for a number, 1 for a truth value, the UTF-8 length for a text.
    public var byteCountMax: Int
    /// The time after which the fetch is interrupted.
    public var timeout: Duration

    /// Makes limits.
    public init(
        rowCountMax: Int = FetchLimits.rowCountMaxDefault, byteCountMax: Int = FetchLimits.byteCountMaxDefault,
        timeout: Duration = FetchLimits.timeoutDefault
    ) {
        self.rowCountMax = rowCountMax
        self.byteCountMax = byteCountMax
        self.timeout = timeout
    }
}
