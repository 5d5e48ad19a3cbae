import Foundation
public import SlipwayData

/// A stand-in for a library of Parquet: it keeps rows as lines of JSON in a file of the given name.
public struct PlainParquetFiles: ParquetFiles {
    /// Why nothing can be read or written; `nil` where it can.
    public let absence: String?

    /// Makes a stand-in, or one that is absent.
    public init(absence: String? = nil) { self.absence = absence }

    /// Refuses: nobody sends such files.
    public func table(
        parsing bytes: [UInt8], columns: Set<String>, limits: ParquetLimits
    ) throws(DataError) -> Table { throw DataError(.malformed, "this is no Parquet file") }

    /// Reads what ``write(_:to:rows:)`` wrote, a row at a time.
    public func batches(
        of path: String, columns: [ParquetColumn], in range: ParquetRange?
    ) throws(DataError) -> any TableBatches {
        if let absence { throw DataError(.unreadable, absence) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DataError(.unreadable, "there is no \(path)")
        }
        return Rows(columns: columns, lines: data.split(separator: UInt8(ascii: "\n")).map { [UInt8]($0) })
    }

    /// Writes a line for each row.
    public func write(
        _ columns: [ParquetColumn], to path: String, rows: @escaping () throws(DataError) -> Table?
    ) throws(DataError) {
        if let absence { throw DataError(.unwritable, absence) }
        var file = try AtomicFile(replacing: path)
        while let table = try rows() {
            for row in 0..<table.rowCount {
                try file.write(Array((JSONValue.array(table.row(row).map { JSONValue($0) }).text + "\n").utf8))
            }
        }
        try file.commit()
    }

    private final class Rows: TableBatches {
        private let columns: [ParquetColumn]
        private var lines: ArraySlice<[UInt8]>

        init(columns: [ParquetColumn], lines: [[UInt8]]) {
            self.columns = columns
            self.lines = lines[...]
        }

        func next() throws(DataError) -> Table? {
            guard let line = lines.popFirst() else { return nil }
            guard case .array(let cells) = try JSONValue(parsing: line) else {
                throw DataError(.malformed, "a line is no row")
            }
            var finished: [Column] = []
            for (column, cell) in zip(columns, cells) {
                var builder = ColumnBuilder(name: column.name, type: column.cellType)
                try builder.append(cell.asValue ?? .missing)
                finished.append(builder.finish())
            }
            return try Table(columns: finished)
        }
    }
}
