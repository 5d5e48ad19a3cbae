/// Reads tables from CSV (RFC 4180): a header, then one record per row.
///
/// Line ends are LF or CRLF, fields may be quoted and then hold line ends and doubled quotes, a byte order mark is
/// skipped, blank lines are passed over, and text must be UTF-8. A record with more or fewer fields than the header is
/// refused with its line.
///
/// A value of this type reads a file of any size batch by batch; ``table(contentsOf:types:format:limits:)`` reads one
/// as a whole and infers the types that are not given.
///
///     var reader = try CSVReader(contentsOf: "rows.csv", types: ["tenure": .integer])
///     while let batch = try reader.nextBatch(rows: 10_000) { … }
public struct CSVReader: ~Copyable {
    /// The names of the columns in order.
    public var names: [String] { columns.map(\.name) }

    /// The columns without rows.
    public var columnsAlone: Table {
        get throws(DataError) { try Table(columns: columns.map { $0.empty }) }
    }

    private var records: CSVRecords
    private var columns: [CSVColumn]
    private var rowCount = 0
    private let missingSpellings: CSVMissingSpellings

    /// Opens a file, or standard input as `-`, and reads its header.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - types: The types of the columns; those without one are read as text, and names not in the file are ignored.
    ///   - format: The delimiter and the spellings of missing values.
    ///   - limits: How long records and the file may be.
    /// - Throws: ``DataError`` when the file cannot be read or its header is broken.
    public init(
        contentsOf path: String, types: [String: ColumnType], format: CSVFormat = .commas, limits: CSVLimits = .default
    ) throws(DataError) {
        let records = try CSVRecords(contentsOf: path, format: format, limits: limits)
        try self.init(records: records, types: types)
        settleAsText()
    }

    /// Reads from bytes in memory, and their header at once.
    ///
    /// - Parameter file: The name of the file that the bytes come from, for messages.
    /// - Throws: ``DataError`` when the header is broken.
    public init(
        contentsOf bytes: [UInt8], types: [String: ColumnType], format: CSVFormat = .commas,
        limits: CSVLimits = .default, file: String? = nil
    ) throws(DataError) {
        try self.init(
            records: CSVRecords(bytes: bytes, format: format, limits: limits, file: file), types: types)
        settleAsText()
    }

    /// Reads a file, or standard input as `-`, as a whole.
    ///
    /// The type of a column that is not given is the narrowest that holds all its cells: `true` and `false`, whole
    /// numbers, numbers, else text. ``CSVFormat/missingSpellings`` count as missing in all but text.
    ///
    /// - Throws: ``DataError`` of kind `unreadable`, `malformed`, `wrongType`, or `limitExceeded`, with the line.
    /// - Complexity: O(n); the file is held in memory while it is read.
    public static func table(
        contentsOf path: String, types: [String: ColumnType] = [:], format: CSVFormat = .commas,
        limits: CSVLimits = .default
    ) throws(DataError) -> Table {
        let bytes = try InputFile.bytes(of: path, byteCountMax: limits.byteCountMax)
        return try table(parsing: bytes, types: types, format: format, limits: limits, file: path)
    }

    /// Reads a table from bytes in memory, as ``table(contentsOf:types:format:limits:)`` does from a file.
    ///
    /// - Parameter file: The name of the file that the bytes come from, for messages.
    /// - Throws: ``DataError`` of kind `malformed`, `wrongType`, or `limitExceeded`, with the line.
    public static func table(
        parsing bytes: [UInt8], types: [String: ColumnType] = [:], format: CSVFormat = .commas,
        limits: CSVLimits = .default, file: String? = nil
    ) throws(DataError) -> Table {
        let records = CSVRecords(bytes: bytes, format: format, limits: limits, file: file)
        var reader = try CSVReader(records: records, types: types)
        try reader.inferTypes()
        if let table = try reader.nextBatch(rows: .max) { return table }
        return try Table(columns: reader.finishColumns())
    }

    /// The columns of a file, without rows.
    ///
    /// - Throws: ``DataError`` when the file cannot be read or its header is broken.
    package static func columns(of path: String) throws(DataError) -> Table {
        try CSVReader(contentsOf: path, types: [:]).columnsAlone
    }

    /// The next rows, at most `count`; `nil` when there are none left.
    ///
    /// - Throws: ``DataError`` of kind `malformed`, `wrongType`, or `limitExceeded`, with the line.
    public mutating func nextBatch(rows count: Int) throws(DataError) -> Table? {
        var gathered = 0
        while gathered < count, try nextRecord() {
            if let problem = appendRecord() { throw failure(problem) }
            gathered += 1
        }
        guard gathered > 0 else { return nil }
        return try Table(columns: finishColumns())
    }

    /// The next rows, at most `count`, of which those that do not parse are set aside; `nil` when there are none left.
    ///
    /// - Throws: ``DataError`` of kind `malformed` for a quote that is never closed, or `limitExceeded`, with the line.
    public mutating func nextSiftedBatch(rows count: Int) throws(DataError) -> SiftedRows? {
        var lines: [Int] = []
        var badRows: [BadRow] = []
        var good: [Int] = []
        while lines.count + badRows.count < count, try nextRecord(refusesOddOnes: false) {
            let line = records.tokenizer.recordLine
            let row = lines.count + badRows.count
            if let problem = oddity() {
                badRows.append(BadRow(line: line, reason: problem.rule))
                for index in columns.indices { columns[index].appendMissing() }
            } else if let problem = appendRecord() {
                badRows.append(BadRow(line: line, reason: problem.rule))
            } else {
                lines.append(line)
                good.append(row)
            }
        }
        guard !lines.isEmpty || !badRows.isEmpty else { return nil }
        let table = try Table(columns: finishColumns())
        return SiftedRows(
            table: badRows.isEmpty ? table : table.selecting(rows: good), lines: lines, badRows: badRows)
    }

    private init(records: consuming CSVRecords, types: [String: ColumnType]) throws(DataError) {
        var records = records
        columns = try Self.header(of: &records).map { CSVColumn(name: $0, type: types[$0]) }
        missingSpellings = CSVMissingSpellings(records.tokenizer.format)
        self.records = records
    }

    private mutating func settleAsText() {
        for index in columns.indices where columns[index].type == nil {
            columns[index] = CSVColumn(name: columns[index].name, type: .string)
        }
    }

    static func header(of records: inout CSVRecords) throws(DataError) -> [String] {
        guard try records.next() else { throw records.tokenizer.failure("there is no header: the input is empty") }
        var names: [String] = []
        var seen: Set<String> = []
        for index in 0..<records.fieldCount {
            let name = try records.text(ofField: index)
            guard !name.isEmpty else {
                throw records.tokenizer.failure(
                    "column \(index + 1) has no name in the header",
                    hint: "Name it, or write the file without its row index.")
            }
            guard seen.insert(name).inserted else {
                throw records.tokenizer.failure("two columns are named '\(name)'", hint: "Rename one of them.")
            }
            names.append(name)
        }
        return names
    }

    /// Walks over all records once to infer types, then goes back behind the header.
    private mutating func inferTypes() throws(DataError) {
        let open = columns.indices.filter { columns[$0].type == nil }
        while !open.isEmpty, try nextRecord() {
            for index in open { columns[index].infer(from: cell(index)) }
        }
        for index in open { columns[index].settle() }
        records.rewind()
        rowCount = 0
        _ = try records.next()
    }

    private mutating func nextRecord(refusesOddOnes: Bool = true) throws(DataError) -> Bool {
        guard try records.next() else { return false }
        if refusesOddOnes, let problem = oddity() { throw failure(problem) }
        rowCount += 1
        guard rowCount <= records.tokenizer.limits.rowCountMax else {
            throw records.tokenizer.failure(
                "there are more than \(records.tokenizer.limits.rowCountMax) rows", kind: .limitExceeded)
        }
        return true
    }

    /// What is wrong with a record.
    private struct Problem {
        var kind = DataError.Code.malformed
        /// The problem in words that hold nothing of the record.
        var rule: String
        /// What the record holds instead.
        var found = ""
        var hint: String?
    }

    private func failure(_ problem: Problem) -> DataError {
        records.tokenizer.failure(problem.rule + problem.found, kind: problem.kind, hint: problem.hint)
    }

    private func oddity() -> Problem? {
        guard records.fieldCount != columns.count else { return nil }
        return Problem(
            rule: "the record has \(records.fieldCount) fields, the header has \(columns.count)",
            hint: "Put fields that hold the delimiter in quotes.")
    }

    /// Adds the cells of a record; from the first one that does not parse on they are missing.
    private mutating func appendRecord() -> Problem? {
        var problem: Problem?
        for index in columns.indices {
            if problem == nil { problem = appendField(index) }
            if problem != nil { columns[index].appendMissing() }
        }
        return problem
    }

    private func cell(_ index: Int) -> CSVCell {
        records.withBytes(ofField: index) { CSVCell($0, missingSpellings: missingSpellings) }
    }

    /// The columns gathered so far, which leaves them empty.
    private mutating func finishColumns() -> [Column] {
        var finished: [Column] = []
        for index in columns.indices { finished.append(columns[index].finish()) }
        return finished
    }

    private mutating func appendField(_ index: Int) -> Problem? {
        guard let text = columns[index].type == .string ? try? records.text(ofField: index) : "" else {
            return Problem(rule: "the text is not valid UTF-8", hint: "Save the file in UTF-8.")
        }
        if columns[index].type == .string {
            columns[index].append(text)
        } else if let wanted = columns[index].append(cell(index)) {
            let text = (try? records.text(ofField: index)) ?? "bytes that are not UTF-8"
            return Problem(
                kind: .wrongType, rule: "column '\(columns[index].name)' holds \(wanted)",
                found: ", not '\(text.prefix(60))'")
        }
        return nil
    }
}
