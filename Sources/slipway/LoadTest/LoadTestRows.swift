import Foundation
import SlipwayData
import SlipwayModel
import SlipwayMonitoring

/// The rows that a load test sends.
struct LoadTestRows: Sendable {
    /// The most different rows.
    static let countMax = 4_096
    /// The largest file of rows, in bytes.
    private static let fileByteCountMax = 256 << 20

    /// The rows; empty where they are made up as tensors, because the server does not tell its fields.
    let records: [JSONObject]
    /// Where the rows come from, as people read it.
    let source: String

    /// Draws rows at random from what a signature allows.
    init(randomFor signature: Signature?) {
        guard let signature else {
            records = []
            source = "made up from the metadata, seed \(RandomRows.seed)"
            return
        }
        var random = RandomRows(signature)
        records = (0..<Self.countMax).map { _ in
            JSONObject(zip(signature.inputs, random.next()).map { (name: $0.name, value: JSONValue($1)) })
        }
        source = "random from the signature, seed \(RandomRows.seed)"
    }

    /// Reads rows from a file: JSON Lines where its name ends in `.jsonl`, else CSV.
    ///
    /// - Throws: ``DataError`` with the line.
    init(file path: String, for signature: Signature?) throws {
        source = path
        if path.hasSuffix(".jsonl") {
            records = try Self.lines(of: path)
        } else {
            let file = try RowsFile(path: path)
            let table = try signature.map { try file.table(for: $0) } ?? file.table()
            // A file may hold more than the model reads, such as the true outcomes.
            let known = table.columns.filter { signature?.input(named: $0.name) != nil }
            let columns = known.isEmpty ? table.columns : known
            records = (0..<min(table.rowCount, Self.countMax)).map { row in
                JSONObject(columns.map { (name: $0.name, value: JSONValue($0[row])) })
            }
        }
        guard !records.isEmpty else { throw DataError(.malformed, "'\(path)' holds no rows") }
    }

    /// Takes the inputs of the latest predictions in a log.
    ///
    /// - Throws: ``LogError`` when the log cannot be read, ``DataError`` when it is empty.
    init(replaying log: PredictionLogReader, of model: String) throws {
        records = try log.latest(Self.countMax).map(\.inputs)
        source = "the last \(CountText.text(records.count)) rows of the prediction log"
        guard !records.isEmpty else {
            throw DataError(
                .unreadable, "the log of '\(model)' holds no predictions",
                hint: "Leave --replay out, or give rows with --rows.")
        }
    }

    private static func lines(of path: String) throws -> [JSONObject] {
        let bytes = try InputFile.bytes(of: path, byteCountMax: fileByteCountMax)
        var records: [JSONObject] = []
        for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where records.count < countMax && !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
            guard case .object(let record) = try JSONValue(parsing: line, file: path) else {
                throw DataError(.malformed, "line \(index + 1) of '\(path)' is no JSON object")
            }
            records.append(record)
        }
        return records
    }
}
