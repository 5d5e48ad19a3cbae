import Foundation

/// The folder in which the rows of a source that do not parse are listed, a file per table.
public struct Quarantine: Equatable, Sendable {
    /// The folder; it is made when the first row is listed.
    public let folder: String

    /// Names the folder.
    public init(folder: String) { self.folder = folder }

    /// The file of a table.
    public func file(of table: String) -> String { "\(folder)/\(table).csv" }

    /// Takes the good rows of a table and lists the others, in the place of those of the reading before.
    ///
    /// - Parameters:
    ///   - path: The file that was read, for messages.
    ///   - shareMax: The share of bad rows, from 0 to 1, that may be set aside.
    /// - Throws: ``DataError`` of kind `malformed` for a larger share, which names the first one; `unwritable` when the
    ///   list cannot be written.
    public func admit(
        _ rows: ParsedRows, of table: String, path: String, shareMax: Double
    ) throws(DataError) -> Table {
        guard let first = rows.badRows.first else {
            try? FileManager.default.removeItem(atPath: file(of: table))
            return rows.table
        }
        try list(rows.badRows, of: table)
        let share = Double(rows.badRowCount) / Double(rows.rowCount)
        guard share > shareMax else { return rows.table }
        let percent = Value.number((shareMax * 1e6).rounded() / 1e4).text
        throw DataError(
            .malformed,
            "\(first.reason); so \(rows.badRowCount) of \(rows.rowCount) rows do not parse, and "
                + "\(percent)% may not",
            hint: "All are listed in \(file(of: table)).", at: SourceLocation(file: path, line: first.line))
    }

    private func list(_ rows: [BadRow], of table: String) throws(DataError) {
        let columns = [
            Column(name: "line", values: .integers(rows.map { Int64($0.line) })),
            Column(name: "reason", values: .strings(rows.map(\.reason))),
        ]
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw DataError(.unwritable, "the folder '\(folder)' cannot be made: \(error.localizedDescription)")
        }
        try AtomicFile.write(
            CSVWriter.bytes(of: Table(columns: columns)), to: file(of: table), permissions: 0o600)
    }
}
