/// What is left of the limits of a fetch while its rows come in.
public struct FetchBudget: Sendable {
    private let limits: FetchLimits
    private var rowCount = 0
    private var byteCount = 0

    /// Starts with all of the limits.
    public init(limits: FetchLimits) { self.limits = limits }

    /// Takes rows that came, with the bytes of their cells.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded` for what is over a limit.
    public mutating func spend(rows: Int, bytes: Int) throws(DataError) {
        rowCount += rows
        byteCount += bytes
        guard rowCount <= limits.rowCountMax else { throw exceeded("\(limits.rowCountMax) rows") }
        guard byteCount <= limits.byteCountMax else { throw exceeded("\(limits.byteCountMax) bytes") }
    }

    private func exceeded(_ limit: String) -> DataError {
        DataError(
            .limitExceeded, "the result has more than \(limit)", hint: "Narrow the query, or raise the limit.")
    }
}

extension Value {
    /// The bytes that a cell counts for: 8 for a number, 1 for a truth value, the UTF-8 length for a text.
    public var byteCount: Int {
        switch self {
        case .missing, .boolean: 1
        case .integer, .number: 8
        case .string(let text): text.utf8.count
        }
    }
}
