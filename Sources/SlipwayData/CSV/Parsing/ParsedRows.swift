/// The rows of a CSV file that was read by a ``CSVParsing``: those that parse as a table, and the others.
public struct ParsedRows: Equatable, Sendable {
    /// The bad rows that are kept with their reasons; more are only counted.
    public static let badRowCountMax = 10_000

    /// The rows that parse.
    public private(set) var table: Table
    /// The rows that do not, the first ones of the file.
    public private(set) var badRows: [BadRow] = []
    /// The number of rows that do not parse.
    public private(set) var badRowCount = 0

    /// The number of rows of the file.
    public var rowCount: Int { table.rowCount + badRowCount }

    /// Reads a file as a whole.
    ///
    /// - Throws: ``DataError`` for a file that cannot be read as such: its header, its encoding, a quote that is never
    ///   closed. The share of bad rows is not looked at.
    /// - Complexity: O(bytes), which are held in memory during the call, in UTF-8.
    public init(
        contentsOf path: String, parsing: CSVParsing, limits: CSVLimits = .default
    ) throws(DataError) {
        var bytes = try InputFile.bytes(of: path, byteCountMax: limits.byteCountMax)
        if let encoding = parsing.encoding { bytes = try TextEncoding.utf8(bytes, from: encoding) }
        try self.init(bytes: bytes, parsing: parsing, limits: limits, file: path)
    }

    /// Reads bytes in UTF-8, as ``init(contentsOf:parsing:limits:)`` does after a file was brought into it.
    init(
        bytes: [UInt8], parsing: CSVParsing, limits: CSVLimits = .default, file: String? = nil
    ) throws(DataError) {
        let format = CSVFormat(delimiter: parsing.delimiter)
        var records = CSVRecords(bytes: bytes, format: format, limits: limits, file: file)
        let names = try CSVReader.header(of: &records)
        let columns = names.map { parsing.columns[$0] ?? parsing.column }
        let types = try Self.types(of: columns, names, in: &records)
        var builders = zip(names, types).map { ColumnBuilder(name: $0, type: $1) }
        table = try Table(columns: [])
        records.rewind()
        _ = try records.next()
        while try records.next() {
            switch Self.row(records, columns, names, types, isConverted: parsing.encoding != nil) {
            case .success(let cells):
                for (index, cell) in cells.enumerated() { try builders[index].append(cell) }
            case .failure(let bad):
                badRowCount += 1
                if badRows.count < Self.badRowCountMax { badRows.append(bad.row) }
            }
        }
        table = try Table(columns: builders.map { $0.finish() })
    }

    private struct Bad: Error {
        let row: BadRow
    }

    /// The types of the columns, by all rows where they are not declared.
    private static func types(
        of columns: [ColumnParsing], _ names: [String], in records: inout CSVRecords
    ) throws(DataError) -> [ColumnType] {
        var inferred = zip(names, columns).map { CSVColumn(name: $0, type: $1.type) }
        let open = columns.indices.filter { columns[$0].type == nil }
        while !open.isEmpty, try records.next() {
            guard records.fieldCount == columns.count else { continue }
            for index in open {
                guard let text = try? records.text(ofField: index) else { continue }
                inferred[index].infer(from: columns[index].inferredCell(text))
            }
        }
        for index in inferred.indices { inferred[index].settle() }
        return inferred.map { $0.type ?? .string }
    }

    private static func row(
        _ records: borrowing CSVRecords, _ columns: [ColumnParsing], _ names: [String], _ types: [ColumnType],
        isConverted: Bool
    ) -> Result<[Value], Bad> {
        let line = records.tokenizer.recordLine
        guard records.fieldCount == columns.count else {
            return bad(line, "the record has \(records.fieldCount) fields, the header has \(columns.count)")
        }
        var cells: [Value] = []
        cells.reserveCapacity(columns.count)
        for (index, column) in columns.enumerated() {
            guard let text = try? records.text(ofField: index), !(isConverted && text.contains("\u{FFFD}")) else {
                return bad(line, "column '\(names[index])' holds bytes that its encoding does not have")
            }
            guard let cell = column.value(of: text, as: types[index]) else {
                return bad(line, "column '\(names[index])' does not hold \(column.wanted(as: types[index]))")
            }
            cells.append(cell)
        }
        return .success(cells)
    }

    private static func bad(_ line: Int, _ reason: String) -> Result<[Value], Bad> {
        .failure(Bad(row: BadRow(line: line, reason: reason)))
    }
}
