/// Reads tables from JSON Lines: an object on each line, whose members are the cells; used by one thread.
///
/// The columns are those that the first rows have, in the order in which they come; a column that has a type and comes up
/// later is refused with its row, and others that come up later are passed over. A column without a type has the narrowest
/// one that holds its cells in those rows. Absent members and `null` are missing, arrays and objects are text of JSON, blank
/// lines are passed over, and a byte order mark is skipped. A whole number that would lose digits is refused.
public final class JSONLinesReader {
    /// The rows that columns and types are taken from.
    public static let sampleRowCount = 4_096
    /// The bytes of lines that are held as rows at once: 64 MiB; with the line that reaches them.
    static let heldByteCountMax = 64 << 20

    /// The columns without rows.
    public var columnsAlone: Table {
        get throws(DataError) {
            try Table(columns: columns.map { ColumnBuilder(name: $0.name, type: $0.type).finish() })
        }
    }

    private struct Line {
        let number: Int
        let byteCount: Int
        let object: Result<JSONObject, DataError>
    }

    private let lines: JSONLinesRecords
    private let file: String?
    private let limits: JSONLinesLimits
    private var sample: ArraySlice<Line> = []
    private var columns: [(name: String, type: ColumnType)] = []
    /// The names with types that the first rows do not have.
    private var absent: [String] = []
    private var rowCount = 0

    /// Opens a file, or standard input as `-`, and reads the first rows.
    ///
    /// - Parameter types: The types of columns; names that the first rows do not have are ignored.
    /// - Throws: ``DataError`` when the file cannot be read or has no columns.
    public convenience init(
        contentsOf path: String, types: [String: ColumnType], limits: JSONLinesLimits = .default
    ) throws(DataError) {
        try self.init(JSONLinesRecords(contentsOf: path, limits: limits), types: types, file: path, limits: limits)
    }

    /// Reads from bytes in memory, and the first rows at once.
    ///
    /// - Parameter file: The name of the file that the bytes come from, for messages.
    /// - Throws: ``DataError`` when there are no columns.
    public convenience init(
        contentsOf bytes: [UInt8], types: [String: ColumnType], limits: JSONLinesLimits = .default,
        file: String? = nil
    ) throws(DataError) {
        try self.init(
            JSONLinesRecords(bytes: bytes, limits: limits, file: file), types: types, file: file, limits: limits)
    }

    private init(
        _ lines: JSONLinesRecords, types: [String: ColumnType], file: String?, limits: JSONLinesLimits
    ) throws(DataError) {
        self.lines = lines
        self.file = file
        self.limits = limits
        var first: [Line] = []
        var heldByteCount = 0
        while first.count < Self.sampleRowCount, heldByteCount < Self.heldByteCountMax, let line = try nextLine() {
            first.append(line)
            heldByteCount += line.byteCount
        }
        sample = first[...]
        columns = try Self.columns(of: first, types: types, limits: limits)
        absent = types.keys.filter { name in !columns.contains { $0.name == name } }.sorted()
        guard !columns.isEmpty else {
            if case .failure(let error)? = first.first?.object { throw error }
            throw DataError(
                .malformed, "there are no rows, and so no columns are known", hint: "Write one object on each line.",
                at: file.map { SourceLocation(file: $0, line: 1) })
        }
    }

    /// The next rows, at most `count`; `nil` when there are none left.
    ///
    /// - Throws: ``DataError`` of kind `malformed`, `wrongType`, or `limitExceeded`, with the line.
    public func nextBatch(rows count: Int) throws(DataError) -> Table? {
        try next(count) { (error, _) throws(DataError) in throw error }?.table
    }

    /// The next rows, at most `count`, of which those that do not parse are set aside; `nil` when there are none left.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded`, with the line.
    public func nextSiftedBatch(rows count: Int) throws(DataError) -> SiftedRows? {
        try next(count) { (_, _) throws(DataError) in }
    }

    private func next(
        _ count: Int, setAside: (DataError, Int) throws(DataError) -> Void
    ) throws(DataError) -> SiftedRows? {
        var builders = columns.map { ColumnBuilder(name: $0.name, type: $0.type) }
        var rows = SiftedRows(table: try Table(columns: []), lines: [])
        var good: [Int] = []
        var taken = 0
        var heldByteCount = 0
        while taken < count, heldByteCount < Self.heldByteCountMax, let line = try sampledOrNextLine() {
            heldByteCount += line.byteCount
            if let (error, rule) = add(line, to: &builders) {
                try setAside(error, line.number)
                rows.badRows.append(BadRow(line: line.number, reason: rule))
            } else {
                rows.lines.append(line.number)
                good.append(taken)
            }
            taken += 1
        }
        guard taken > 0 else { return nil }
        let table = try Table(columns: builders.map { $0.finish() })
        rows.table = rows.badRows.isEmpty ? table : table.selecting(rows: good)
        return rows
    }

    /// Adds the cells of a line; from the first one that does not fit on they are missing.
    private func add(_ line: Line, to builders: inout [ColumnBuilder]) -> (DataError, rule: String)? {
        var problem: (DataError, rule: String)?
        var object = JSONObject()
        switch line.object {
        case .success(let found):
            object = found
            if let name = absent.first(where: { found[$0].map { $0 != .null } == true }) {
                let rule = "column '\(name)' comes up after \(Self.sampleRowCount) rows without it"
                let error = DataError(.malformed, rule, hint: "Write it as null in the first row.")
                problem = (located(error, line.number), rule)
            }
        case .failure(let error): problem = (error, "the line holds no JSON object")
        }
        for (index, column) in columns.enumerated() {
            let cell = problem == nil ? Self.cell(object[column.name], in: column.type) : .missing
            do throws(DataError) {
                try builders[index].append(cell)
            } catch {
                problem = (located(error, line.number), "column '\(column.name)' does not hold \(column.type.phrase)")
                try? builders[index].append(.missing)
            }
        }
        return problem
    }

    private func located(_ error: DataError, _ line: Int) -> DataError {
        guard let file else { return DataError(error.kind, "line \(line): \(error.message)", hint: error.hint) }
        return DataError(error.kind, error.message, hint: error.hint, at: SourceLocation(file: file, line: line))
    }

    private func sampledOrNextLine() throws(DataError) -> Line? {
        if let line = sample.popFirst() { return line }
        return try nextLine()
    }

    private func nextLine() throws(DataError) -> Line? {
        guard let bytes = try lines.next() else { return nil }
        rowCount += 1
        let number = lines.lineNumber
        guard rowCount <= limits.rowCountMax else {
            throw located(DataError(.limitExceeded, "there are more than \(limits.rowCountMax) rows"), number)
        }
        do throws(DataError) {
            guard case .object(let object) = try JSONValue(parsing: bytes) else {
                throw DataError(.malformed, "the line holds no JSON object")
            }
            if object.members.contains(where: { $0.value.isBeyondWholeNumbers }), Self.holdsLongNumber(bytes) {
                throw DataError(
                    .malformed, "a whole number has more digits than are kept", hint: "Write it as text, in quotes.")
            }
            return Line(number: number, byteCount: bytes.count, object: .success(object))
        } catch {
            // The parser counts the lines of its own bytes, of which there is one.
            return Line(number: number, byteCount: bytes.count, object: .failure(located(error, number)))
        }
    }

    /// Whether some number of a line is written with more digits than a whole number has, and without a point or a power.
    private static func holdsLongNumber(_ line: ArraySlice<UInt8>) -> Bool {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let others = Set(".eE\"".utf8)
        return line.split { !digits.contains($0) && !others.contains($0) }.contains { number in
            number.count > 18 && number.allSatisfy(digits.contains)
        }
    }

    /// The columns of the first rows.
    private static func columns(
        of lines: [Line], types: [String: ColumnType], limits: JSONLinesLimits
    ) throws(DataError) -> [(name: String, type: ColumnType)] {
        var names: [String] = []
        var found: [String: ColumnType?] = [:]
        for case .success(let object) in lines.map(\.object) {
            for (name, json) in object.members {
                if found[name] == nil {
                    names.append(name)
                    found[name] = .some(types[name])
                }
                let value = json.asValue ?? .string("")
                guard types[name] == nil, let type = value.type else { continue }
                found[name] = .some((found[name] ?? nil)?.widened(by: type) ?? type)
            }
            guard names.count <= limits.columnCountMax else {
                throw DataError(.limitExceeded, "the rows have more than \(limits.columnCountMax) columns")
            }
        }
        return names.map { ($0, (found[$0] ?? nil) ?? .number) }
    }

    private static func cell(_ json: JSONValue?, in type: ColumnType) -> Value {
        guard let json else { return .missing }
        let value = json.asValue ?? .string(json.text(style: .compact))
        // A number that is not the whole one that was written is none that the column holds.
        if type == .number, case .integer(let whole) = value, Int64(exactly: Double(whole)) != whole {
            return .string(value.text)
        }
        return type == .string && !value.isMissing ? .string(value.text) : value
    }
}

extension ColumnType {
    /// The type that holds the cells of both.
    fileprivate func widened(by other: ColumnType) -> ColumnType {
        if self == other { return self }
        return [self, other].allSatisfy { $0 == .integer || $0 == .number } ? .number : .string
    }

    fileprivate var phrase: String {
        switch self {
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .number: "a number"
        case .string: "text"
        }
    }
}

extension JSONValue {
    /// Whether it is a number that no whole number reaches.
    fileprivate var isBeyondWholeNumbers: Bool {
        guard case .number(let number) = self else { return false }
        return number.magnitude >= 0x1p63
    }
}
