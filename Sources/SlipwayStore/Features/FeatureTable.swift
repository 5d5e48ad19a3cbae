import SlipwayData
import SlipwayFeatures
import SlipwaySQL

/// The SQL table that holds one copy of a feature view, and the statements on it.
///
/// The columns are named `n` (the row's number, from 0), then `c0`, `c1`, … in the order of the view, whatever the
/// query calls them: databases cut off long names and fold letter case, so distinct names could meet.
struct FeatureTable: Sendable {
    let name: String
    let columns: [FeatureColumn]
    let keyIndex: Int

    /// How long the rows of a copy may be counted.
    private static let countTimeout = Duration.seconds(600)
    /// The rows that are written in one transaction, so that other writers wait for no more than these.
    static let batchRowCount = 2_000

    init(view: String, number: Int, columns: [FeatureColumn], key: String) throws(FeatureError) {
        guard let keyIndex = columns.firstIndex(where: { $0.name == key }) else {
            throw FeatureError(.invalidKey, "feature view '\(view)' has no column '\(key)'")
        }
        self.init(name: Self.name(view: view, number: number), columns: columns, keyIndex: keyIndex)
    }

    private init(name: String, columns: [FeatureColumn], keyIndex: Int) {
        self.name = name
        self.columns = columns
        self.keyIndex = keyIndex
    }

    /// The name of the table; the names of views hold nothing that would need escaping inside the quotes.
    static func name(view: String, number: Int) -> String { "fv_\(view)_\(number)" }

    static func dropStatement(_ name: String) -> String { "drop table if exists \"\(name)\"" }

    var createStatement: String {
        let cells = columns.enumerated().map { index, column in
            "c\(index) \(column.type.storedType)" + (index == keyIndex ? " not null" : "")
        }
        return "create table \"\(name)\" (n integer primary key, \(cells.joined(separator: ", ")))"
    }

    /// Made when the rows are there, which is faster than to keep it in order while they come.
    var indexStatement: String { "create unique index \"\(name)_key\" on \"\(name)\" (c\(keyIndex))" }

    /// Has the database look at the rows, so that it knows how best to find them.
    var analyseStatement: String { "analyze \"\(name)\"" }

    /// The names of the columns, the row's number first.
    var columnNames: [String] { ["n"] + columns.indices.map { "c\($0)" } }

    /// The live copy's number, and beside it the rows of this copy that have one of some keys.
    ///
    /// The view's name is `$1`, the keys follow. One statement sees one state of the store, so rows of a copy that is
    /// not live any more are known as such.
    func lookUpStatement(keyCount: Int) -> String {
        let places = (0..<keyCount).map { "$\($0 + 2)" }.joined(separator: ", ")
        return """
            select v.live_number, \(columns.indices.map { "t.c\($0)" }.joined(separator: ", "))
            from feature_views v left join "\(name)" t on t.c\(keyIndex) in (\(places)) where v.name = $1
            """
    }

    var pageStatement: String { "select \(cellNames) from \"\(name)\" where n >= $1 and n < $2 order by n" }

    var countStatement: String { "select count(*) as row_count from \"\(name)\"" }

    /// The cells of a row in the types of the columns; truth is stored as 0 and 1.
    func cells(of values: some Sequence<Value>) -> [Value] {
        zip(columns, values).map { column, value in
            switch (column.type, value) {
            case (.boolean, .integer(let stored)): .boolean(stored != 0)
            default: value
            }
        }
    }

    /// The digest of no rows, to which rows are added.
    static func digest(of columns: [FeatureColumn]) -> TableDigest {
        TableDigest(columns: columns.map { ($0.name, $0.type) })
    }

    /// Counts and digests what a database holds of the table, page by page.
    func content(in database: any SQLDatabase) throws -> FeatureContent {
        let rowCount = try database.read(until: .now + Self.countTimeout) {
            try $0.queryFirst(countStatement)?.integer("row_count") ?? 0
        }
        var digest = Self.digest(of: columns)
        for start in stride(from: 0, to: rowCount, by: Self.batchRowCount) {
            let page = [Value.integer(Int64(start)), .integer(Int64(start + Self.batchRowCount))]
            try digest.add(table(of: try database.read { try $0.query(pageStatement, page) }))
        }
        return FeatureContent(rowCount: rowCount, digest: digest.finish())
    }

    private func table(of rows: [SQLRow]) throws(DataError) -> Table {
        var builders = columns.map { ColumnBuilder(name: $0.name, type: $0.type) }
        for row in rows {
            for (index, cell) in cells(of: row.values).enumerated() { try builders[index].append(cell) }
        }
        return try Table(columns: builders.map { $0.finish() })
    }

    private var cellNames: String { columns.indices.map { "c\($0)" }.joined(separator: ", ") }
}

extension ColumnType {
    /// The type that both SQLite and PostgreSQL keep the cells in without loss.
    fileprivate var storedType: String {
        switch self {
        case .boolean: "integer"
        case .integer: "bigint"
        case .number: "double precision"
        case .string: "text"
        }
    }
}
