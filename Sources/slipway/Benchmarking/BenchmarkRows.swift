import SlipwayData
import SlipwayModel

/// The rows that a benchmark asks a model for, laid out as calls.
struct BenchmarkRows: Sendable {
    /// The distinct rows drawn at least: so many that no branch predictor learns the way a model takes through them.
    static let distinctCount = 4_096
    /// The fewest calls before the first one comes again.
    static let callCountMin = 4
    /// The most rows of a file that are used.
    static let fileRowCountMax = 100_000
    /// The most cells of all calls together.
    static let cellCountMax = 20_000_000

    /// The rows of each call; calls are made in turn and then from the start.
    let calls: [[[Value]]]
    /// Where the rows come from, as people read it.
    let source: String
    /// The number of different rows.
    let distinctCount: Int

    /// Draws random rows.
    ///
    /// - Throws: ``ModelError`` of kind `limitExceeded` when a batch is too large for the model's width.
    init(randomFor signature: Signature, batch: Int) throws(ModelError) {
        let count = try Self.callCount(rows: Self.distinctCount, batch: batch, width: signature.inputs.count)
        var random = RandomRows(signature)
        calls = (0..<count).map { _ in (0..<batch).map { _ in random.next() } }
        distinctCount = count * batch
        source = "random, seed \(RandomRows.seed)"
    }

    /// Takes the rows of a table in turn, as often as a call needs them.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` for a table without rows or with cells that do not fit.
    init(of table: Table, named name: String, for signature: Signature, batch: Int) throws(ModelError) {
        guard table.rowCount > 0 else { throw ModelError(.signatureMismatch, "'\(name)' holds no rows") }
        // Refuses what does not fit with the column and the row, as scoring does.
        _ = try InputEncoder(signature).tensors(of: table)
        let columns = signature.inputs.map { table[$0.name] }
        let used = min(table.rowCount, Self.fileRowCountMax)
        let count = try Self.callCount(rows: used, batch: batch, width: columns.count)
        let rows = (0..<min(used, count * batch)).map { row in columns.map { $0?[row] ?? .missing } }
        calls = (0..<count).map { call in (0..<batch).map { rows[(call * batch + $0) % rows.count] } }
        distinctCount = rows.count
        source = name
    }

    private static func callCount(rows: Int, batch: Int, width: Int) throws(ModelError) -> Int {
        let cells = batch * max(width, 1)
        guard cells <= cellCountMax / callCountMin else {
            throw ModelError(
                .limitExceeded, "a batch of \(batch) rows with \(width) fields each is too large to measure",
                hint: "Give a smaller --batch.")
        }
        return min(max((rows + batch - 1) / batch, callCountMin), cellCountMax / cells)
    }
}
