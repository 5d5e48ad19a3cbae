/// How much of a stream is held at once, and how long its source may take for it.
public struct StreamLimits: Equatable, Sendable {
    /// The rows of a batch unless told otherwise.
    public static let rowCountMaxDefault = 4_096
    /// The bytes at which a batch ends unless told otherwise: 16 MiB.
    public static let byteCountMaxDefault = 16 << 20

    /// The most rows of a batch.
    public var rowCountMax: Int
    /// The bytes of cells at which a batch ends, and the most that one row may have; so a batch has less than twice as
    /// many.
    public var byteCountMax: Int
    /// The time that the source may take to start, and then for each batch; whoever uses the rows takes their own.
    public var timeout: Duration

    /// Makes limits.
    public init(
        rowCountMax: Int = Self.rowCountMaxDefault, byteCountMax: Int = Self.byteCountMaxDefault,
        timeout: Duration = FetchLimits.timeoutDefault
    ) {
        self.rowCountMax = rowCountMax
        self.byteCountMax = byteCountMax
        self.timeout = timeout
    }

    /// The limits of a batch among all rows of a fetch.
    package init(_ limits: FetchLimits) { self.init(timeout: limits.timeout) }

    /// Refuses a row that is larger than a batch.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded`.
    package func requireRow(ofByteCount count: Int) throws(DataError) {
        guard count > byteCountMax else { return }
        throw DataError(
            .limitExceeded, "a row has \(count) bytes, more than \(byteCountMax)",
            hint: "Leave the long columns out of the query.")
    }
}
