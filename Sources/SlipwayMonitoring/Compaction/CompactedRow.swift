import SlipwayData

/// The columns of a compacted prediction log, and the objects of its records as rows of them.
///
/// Inputs and outputs are JSON in a column each, since their fields change with the versions of a model. A member that
/// has no column here, or whose value does not fit it, stands in `more`, so that a record comes back with all that any
/// program wrote of it.
enum CompactedRow {
    /// The column by which stretches of time are found.
    static let timeColumn = "time"
    private static let moreColumn = "more"

    /// The columns, in the order in which records have their members.
    static let columns: [ParquetColumn] = [
        ParquetColumn("id", .values(.string)), ParquetColumn(timeColumn, .times),
        ParquetColumn("model", .values(.string)), ParquetColumn("version", .values(.integer)),
        ParquetColumn("row", .values(.integer)), ParquetColumn("trace", .values(.string)),
        ParquetColumn("key", .values(.string)), ParquetColumn("inputs", .values(.string)),
        ParquetColumn("outputs", .values(.string)), ParquetColumn("latency_us", .values(.integer)),
        ParquetColumn("source", .values(.string)), ParquetColumn("role", .values(.string)),
        ParquetColumn("pair", .values(.string)), ParquetColumn("cached", .values(.boolean)),
        ParquetColumn("pinned", .values(.boolean)), ParquetColumn(moreColumn, .values(.string)),
    ]

    private static let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1.name, $0) })
    /// The columns whose cells are objects in JSON.
    private static let objectColumns: Set<String> = ["inputs", "outputs"]
    private static let limits = JSONLimits(byteCountMax: SegmentLine.byteCountMax)

    /// The cells of a record's object.
    static func cells(of record: JSONObject) -> [Value] {
        var cells = Array(repeating: Value.missing, count: columns.count)
        var more: [(name: String, value: JSONValue)] = []
        for (name, value) in record.members {
            let place = name == moreColumn ? nil : places[name]
            if let place { cells[place] = cell(of: value, in: columns[place]) ?? .missing }
            // A time in another spelling has its place in the column, by which it is found, and its spelling here.
            if place.map({ !holds(cells[$0], value, in: columns[$0]) }) ?? true { more.append((name, value)) }
        }
        if !more.isEmpty { cells[columns.count - 1] = .string(JSONValue.object(JSONObject(distinct: more)).text) }
        return cells
    }

    /// The object of a record's cells.
    ///
    /// - Throws: ``LogError`` of kind `malformed` when a cell that holds JSON holds none.
    static func record(of cells: [Value]) throws(LogError) -> JSONObject {
        var members: [(name: String, value: JSONValue)] = []
        members.reserveCapacity(columns.count)
        var more = JSONObject()
        if case .string(let text)? = cells.last { more = try object(text) }
        for (column, cell) in zip(columns.dropLast(), cells) where !cell.isMissing && more[column.name] == nil {
            switch (column.kind, cell) {
            case (.times, .integer(let milliseconds)):
                members.append((column.name, .string(Timestamp(milliseconds: milliseconds).description)))
            case (_, .string(let text)) where objectColumns.contains(column.name):
                members.append((column.name, .object(try object(text))))
            default: members.append((column.name, JSONValue(cell)))
            }
        }
        return JSONObject(distinct: members + more.members)
    }

    /// Whether a cell gives a member back as it was.
    private static func holds(_ cell: Value, _ value: JSONValue, in column: ParquetColumn) -> Bool {
        guard column.kind == .times, case .string(let text) = value, case .integer(let time) = cell else {
            return !cell.isMissing
        }
        return Timestamp(milliseconds: time).description == text
    }

    private static func cell(of value: JSONValue, in column: ParquetColumn) -> Value? {
        switch (column.kind, value) {
        case (.times, .string(let text)):
            return Timestamp(text).map { .integer($0.milliseconds) }
        case (.values(.string), .object) where objectColumns.contains(column.name): return .string(value.text)
        case (.values(.string), .string(let text)) where !objectColumns.contains(column.name): return .string(text)
        case (.values(.integer), .integer(let whole)): return .integer(whole)
        case (.values(.boolean), .boolean(let truth)): return .boolean(truth)
        default: return nil
        }
    }

    private static func object(_ text: String) throws(LogError) -> JSONObject {
        guard case .object(let object) = try? JSONValue(parsing: Array(text.utf8), limits: limits) else {
            throw LogError(.malformed, "a compacted record holds no object where one belongs")
        }
        return object
    }
}
