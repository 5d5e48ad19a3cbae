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
        let list = file(of: table)
        try Self.list(rows.badRows, in: list, place: "line")
        guard let first = rows.badRows.first else { return rows.table }
        try Self.refuse(
            rows.badRowCount, of: rows.rowCount, first: first, path: path, shareMax: shareMax, words: "do not parse",
            list: list)
        return rows.table
    }

    /// Writes the list of rows that are set aside, in the place of the one before; without any, that goes.
    ///
    /// - Parameter place: What a row's place is called: `line` or `row`.
    /// - Throws: ``DataError`` of kind `unwritable`, also where a file stands there that is no such list.
    package static func list(_ rows: [BadRow], in path: String, place: String) throws(DataError) {
        try examine(path)
        guard !rows.isEmpty else {
            try? FileManager.default.removeItem(atPath: path)
            return
        }
        var columns = [
            Column(name: place, values: .integers(rows.map { Int64($0.line) })),
            Column(name: "reason", values: .strings(rows.map(\.reason))),
        ]
        if rows.contains(where: { $0.file != nil }) {
            columns.insert(Column(name: "file", values: .strings(rows.map { $0.file ?? "" })), at: 0)
        }
        let folder = (path as NSString).deletingLastPathComponent
        do {
            if !folder.isEmpty {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        } catch {
            throw DataError(.unwritable, "the folder '\(folder)' cannot be made: \(error.localizedDescription)")
        }
        try AtomicFile.write(CSVWriter.bytes(of: Table(columns: columns)), to: path, permissions: 0o600)
    }

    /// Refuses to list rows in the place of a file that is no list of rows that were set aside.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    package static func examine(_ path: String) throws(DataError) {
        guard let file = FileHandle(forReadingAtPath: path) else {
            guard FileManager.default.fileExists(atPath: path) else { return }
            throw DataError(.unwritable, "bad rows cannot be listed in '\(path)': it cannot be read")
        }
        let heads = ["line", "row", "file,line", "file,row"].map { Data("\($0),reason\n".utf8) }
        let head = (try? file.read(upToCount: 64)) ?? Data()
        guard head.isEmpty || heads.contains(where: head.starts(with:)) else {
            throw DataError(
                .unwritable, "'\(path)' is no list of bad rows, and one would replace it",
                hint: "Name another file with --quarantine.")
        }
    }

    /// The rows of a list.
    ///
    /// - Throws: ``DataError`` when it cannot be read.
    package static func rows(in path: String) throws(DataError) -> [BadRow] {
        let list = try CSVReader.table(contentsOf: path, types: ["file": .string, "reason": .string])
        guard let lines = list["line"] ?? list["row"], let reasons = list["reason"] else { return [] }
        return (0..<list.rowCount).map { row in
            let file = list["file"].map { $0[row].text }
            return BadRow(
                file: file.flatMap { $0.isEmpty ? nil : $0 }, line: Int(lines[row].asNumber ?? 0),
                reason: reasons[row].text)
        }
    }

    /// Refuses more rows that are set aside than a share allows.
    ///
    /// - Parameters:
    ///   - words: What is said of such rows.
    ///   - list: Where they are listed; `nil` where they are not.
    /// - Throws: ``DataError`` of kind `malformed` that names the first of them.
    package static func refuse(
        _ count: Int, of rowCount: Int, first: BadRow, path: String, shareMax: Double, words: String, list: String?
    ) throws(DataError) {
        guard rowCount > 0, Double(count) / Double(rowCount) > shareMax else { return }
        let percent = Value.number((shareMax * 1e6).rounded() / 1e4).text
        throw DataError(
            .malformed,
            "\(first.reason); so \(count) of \(rowCount) rows \(words), and \(percent)% may not",
            hint: list.map { "All are listed in \($0)." },
            at: SourceLocation(file: first.file ?? path, line: first.line))
    }
}
