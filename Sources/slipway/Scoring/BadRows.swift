import SlipwayData
import Synchronization

/// The rows that are set aside while a file is scored: those that do not parse, and those that the model refuses.
///
/// Any thread may add to it. The cells are not kept, for they may be personal.
final class BadRows: Sendable {
    private struct State {
        var rows: [BadRow] = []
        var count = 0
    }

    /// The share of bad rows, from 0 to 1, that may be set aside.
    let shareMax: Double
    /// The file that they are listed in.
    let list: String
    /// The file that is scored, for messages.
    private let source: String
    private let hasLines: Bool
    /// All rows there are, where that is known before.
    private let rowCount: Int?
    private let state = Mutex(State())

    /// Starts without rows.
    init(shareMax: Double, list: String, source: String, hasLines: Bool, rowCount: Int? = nil) {
        self.shareMax = shareMax
        self.list = list
        self.source = source
        self.hasLines = hasLines
        self.rowCount = rowCount
    }

    /// How many there are.
    var count: Int { state.withLock { $0.count } }

    /// Sets rows aside.
    ///
    /// - Parameter count: How many they are, where not all are told.
    /// - Throws: ``DataError`` as soon as there are more than all rows together allow.
    func add(_ rows: [BadRow], count: Int? = nil) throws(DataError) {
        guard !rows.isEmpty else { return }
        let isTooMany = state.withLock { state in
            state.count += count ?? rows.count
            state.rows += rows.prefix(ParsedRows.badRowCountMax - state.rows.count)
            return rowCount.map { Double(state.count) > shareMax * Double($0) } ?? false
        }
        if isTooMany, let rowCount { try refuse(of: rowCount) }
    }

    /// Lists the rows, in the place of those of the job before, once all rows are scored and before they are shown.
    ///
    /// - Throws: ``DataError`` when they are more than the share, or the list cannot be written.
    func finish(scoredCount: Int) throws(DataError) {
        try refuse(of: scoredCount + count)
        try write()
    }

    private func write() throws(DataError) {
        let rows = state.withLock { $0.rows }.sorted { ($0.file ?? "", $0.line) < ($1.file ?? "", $1.line) }
        try Quarantine.list(rows, in: list, place: hasLines ? "line" : "row")
    }

    private func refuse(of rowCount: Int) throws(DataError) {
        let (first, count) = state.withLock { state in
            (state.rows.min { ($0.file ?? "", $0.line) < ($1.file ?? "", $1.line) }, state.count)
        }
        guard let first else { return }
        if Double(count) > shareMax * Double(rowCount) { try write() }
        try Quarantine.refuse(
            count, of: rowCount, first: first, path: source, shareMax: shareMax, words: "are refused", list: list)
    }
}
