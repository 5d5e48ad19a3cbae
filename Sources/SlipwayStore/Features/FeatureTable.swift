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
            "c\(index) \(column.type.storedType)" + (index == keyIndex ? " not null unique" : "")
        }
        return "create table \"\(name)\" (n integer primary key, \(cells.joined(separator: ", ")))"
    }

    var insertStatement: String {
        let placeholders = (0...columns.count).map { "$\($0 + 1)" }
        return "insert into \"\(name)\" values (\(placeholders.joined(separator: ", ")))"
    }

    var lookUpStatement: String { "select \(cellNames) from \"\(name)\" where c\(keyIndex) = $1" }

    var pageStatement: String { "select \(cellNames) from \"\(name)\" where n >= $1 and n < $2 order by n" }

    var countStatement: String { "select count(*) as row_count from \"\(name)\"" }

    /// The cells of a row in the types of the columns; truth is stored as 0 and 1.
    func cells(of row: SQLRow) -> [Value] {
        zip(columns, row.values).map { column, value in
            switch (column.type, value) {
            case (.boolean, .integer(let stored)): .boolean(stored != 0)
            default: value
            }
        }
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
