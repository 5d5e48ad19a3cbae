import ArgumentParser
import SlipwayData
import SlipwayEngines

/// How a table becomes what was scored.
struct TableChange {
    /// What happens to rows that are there already.
    enum Mode: String, CaseIterable, ExpressibleByArgument {
        /// There may be none, nor a table.
        case create
        /// They go, and the table with them.
        case replace
        /// They stay; none may have the key of a new one.
        case append
        /// Those with the key of a new one take its columns, the others stay.
        case merge
    }

    /// How often the lock of a table is asked for before the job gives up, and the pause between: ten minutes together.
    private static let lockAttemptCountMax = 600
    private static let lockPauseSeconds = 1

    /// The name of the table, with its schema before a dot where it has one.
    let table: String
    let mode: Mode
    /// The columns that tell rows apart.
    let key: [String]
    let dialect: SQLDialect
    /// The name of the table that rows stand in until all are there; that of another job does not stand in its way.
    private let stageName = "slipway_stage_\(String(UInt64.random(in: .min ... .max), radix: 36))"

    /// Describes a change.
    init(of table: String, _ mode: Mode, key: [String], dialect: SQLDialect) {
        self.table = table
        self.mode = mode
        self.key = key
        self.dialect = dialect
    }

    /// The name as statements have it.
    var quotedTable: String { parts.map(SQLText.name).joined(separator: ".") }

    /// The table that rows stand in until all are there, as statements have it.
    var stage: String { (parts.dropLast() + [stageName]).map(SQLText.name).joined(separator: ".") }

    private var parts: [String] { table.split(separator: ".", maxSplits: 1).map(String.init) }

    /// Makes the stage for rows with some columns.
    func create(_ columns: Table) -> String {
        let list = columns.columns.map { "\(SQLText.name($0.name)) \(type($0.type))" }
        return "CREATE TABLE \(stage) (\(list.joined(separator: ", ")))"
    }

    /// Makes the stage for columns of a table, and others behind them.
    func create(columns kept: [String], of source: String, and others: Table) -> String {
        let list =
            kept.map(SQLText.name)
            + others.columns.map { "CAST(NULL AS \(type($0.type))) AS \(SQLText.name($0.name))" }
        return "CREATE TABLE \(stage) AS SELECT \(list.joined(separator: ", ")) FROM \(source) WHERE 1 = 0"
    }

    /// Refuses a table that is there and should not be.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    func examine(_ database: any TableWriting) throws(DataError) {
        guard mode == .create, try database.number(existence) != nil else { return }
        throw DataError(
            .unwritable, "the table '\(table)' is there already",
            hint: "Say what happens to its rows with --mode replace, append, or merge.")
    }

    /// Makes the table what it should be, from the stage.
    ///
    /// - Parameter columns: The names of the stage's columns.
    /// - Complexity: O(rows of the stage and, without an index on the key, of the table).
    /// - Throws: ``DataError`` of kind `unwritable` where the rows may not stand there, or would not stand there as they
    ///   are.
    func apply(_ columns: [String], on database: any TableWriting) throws(DataError) {
        try examine(database)
        let exists = try database.number(existence) != nil
        if exists, dialect == .postgres { try database.run(lock) }
        if !key.isEmpty { try checkKey(columns, in: database, exists: exists) }
        guard exists, mode != .replace else {
            if exists {
                try refuseReferences(in: database)
                try database.run("DROP TABLE \(quotedTable)")
            }
            return try database.run("ALTER TABLE \(stage) RENAME TO \(SQLText.name(parts.last ?? table))")
        }
        let names = columns.map(SQLText.name)
        let others = columns.filter { !key.contains($0) }.map(SQLText.name)
        if mode == .merge, !others.isEmpty {
            let changes = others.map { "\($0) = s.\($0)" }.joined(separator: ", ")
            try database.run("UPDATE \(quotedTable) AS t SET \(changes) FROM \(stage) AS s WHERE \(match)")
        }
        // No key of the stage is missing, so the rows without a partner are those that are not there.
        try database.run(
            """
            INSERT INTO \(quotedTable) (\(names.joined(separator: ", ")))
            SELECT \(names.map { "s.\($0)" }.joined(separator: ", "))
            FROM \(stage) AS s LEFT JOIN \(quotedTable) AS t ON \(match) WHERE t.\(SQLText.name(key[0])) IS NULL
            """)
        try checkRows(columns, in: database)
        try database.run("DROP TABLE \(stage)")
    }

    /// Holds the table against other writers, or against all where it is to go.
    ///
    /// Whoever waits for a lock makes all wait who come later, so none is waited for: it is asked for again and again.
    private var lock: String {
        let quote = "$\(stageName)$"
        let strength = mode == .replace ? "ACCESS EXCLUSIVE" : "SHARE ROW EXCLUSIVE"
        return """
            DO \(quote) BEGIN
            FOR attempt IN 1..\(Self.lockAttemptCountMax) LOOP
            BEGIN LOCK TABLE \(quotedTable) IN \(strength) MODE NOWAIT; RETURN;
            EXCEPTION WHEN lock_not_available THEN PERFORM pg_sleep(\(Self.lockPauseSeconds)); END;
            END LOOP;
            RAISE lock_not_available USING MESSAGE = 'the table is in use by others all the time';
            END \(quote)
            """
    }

    /// Refuses to let rows of other tables go with the table, as SQLite would where they refer to it.
    private func refuseReferences(in database: any TableWriting) throws(DataError) {
        guard dialect == .sqlite else { return }
        let name = SQLText.literal(parts.last ?? table)
        let references = """
            SELECT 1 FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f
            WHERE m.type = 'table' AND lower(f."table") = lower(\(name)) AND lower(m.name) <> lower(\(name)) LIMIT 1
            """
        guard try database.number(references) != nil else { return }
        throw DataError(
            .unwritable, "rows of other tables refer to rows of '\(table)', so it cannot be replaced",
            hint: "Use --mode merge, which keeps the table.")
    }

    /// Refuses a table whose columns do not hold what was scored as it is.
    private func checkRows(_ columns: [String], in database: any TableWriting) throws(DataError) {
        let differs = dialect == .sqlite ? "IS NOT" : "IS DISTINCT FROM"
        let join = "FROM \(stage) AS s JOIN \(quotedTable) AS t ON \(match)"
        let changed = columns.enumerated().map {
            "WHEN t.\(SQLText.name($1)) \(differs) s.\(SQLText.name($1)) THEN \($0)"
        }
        let first = "SELECT CASE \(changed.joined(separator: " ")) END AS place \(join)"
        if let place = try database.number("SELECT place FROM (\(first)) AS c WHERE place IS NOT NULL LIMIT 1") {
            throw DataError(
                .wrongType,
                "the column '\(columns[place])' of the table '\(table)' does not hold the answers as they are",
                hint: "Give it a type with room for them, such as double precision, or use --mode replace.")
        }
        let group = key.map { "t.\(SQLText.name($0))" }.joined(separator: ", ")
        if try database.number("SELECT 1 \(join) GROUP BY \(group) HAVING count(*) > 1 LIMIT 1") != nil {
            throw DataError(
                .unwritable,
                "several rows of the table '\(table)' have the same \(key.joined(separator: ", ")), which is the key",
                hint: "Keys that differ in the rows may be the same as the table's type; keep them as that type.")
        }
    }

    private func checkKey(_ columns: [String], in database: any TableWriting, exists: Bool) throws(DataError) {
        let names = key.map(SQLText.name)
        let list = key.joined(separator: ", ")
        if let absent = key.first(where: { !columns.contains($0) }) {
            throw DataError(
                .missingColumn, "the key '\(absent)' is none of the columns that are written",
                hint: "Keep it with --keep.")
        }
        let isMissing = names.map { "\($0) IS NULL" }.joined(separator: " OR ")
        if try database.number("SELECT 1 FROM \(stage) WHERE \(isMissing) LIMIT 1") != nil {
            throw DataError(.unwritable, "a row that was scored has no \(list), which is the key")
        }
        let group = names.joined(separator: ", ")
        if try database.number("SELECT 1 FROM \(stage) GROUP BY \(group) HAVING count(*) > 1 LIMIT 1") != nil {
            throw DataError(
                .unwritable, "two rows that were scored have the same \(list), which is the key",
                hint: "Score each key once.")
        }
        guard mode == .append, exists else { return }
        if try database.number("SELECT 1 FROM \(stage) AS s JOIN \(quotedTable) AS t ON \(match) LIMIT 1") != nil {
            throw DataError(
                .unwritable, "the table '\(table)' has rows with the \(list) of rows that were scored",
                hint: "Rows are appended once; use --mode merge to replace those that are there.")
        }
    }

    private var match: String { key.map(SQLText.name).map { "t.\($0) = s.\($0)" }.joined(separator: " AND ") }

    private var existence: String {
        switch dialect {
        case .sqlite:
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(\(SQLText.literal(parts.last ?? table)))"
        case .postgres, .spark: "SELECT 1 WHERE to_regclass(\(SQLText.literal(quotedTable))) IS NOT NULL"
        case .duckdb:
            """
            SELECT 1 FROM information_schema.tables
            WHERE lower(table_name) = lower(\(SQLText.literal(parts.last ?? table)))
            AND table_schema = \(parts.count > 1 ? SQLText.literal(parts[0]) : "current_schema()")
            """
        }
    }

    private func type(_ type: ColumnType) -> String {
        switch (type, dialect) {
        case (.boolean, _): "BOOLEAN"
        case (.integer, .sqlite): "INTEGER"
        case (.integer, _): "BIGINT"
        case (.number, .sqlite): "REAL"
        case (.number, .duckdb): "DOUBLE"
        case (.number, _): "DOUBLE PRECISION"
        case (.string, _): "TEXT"
        }
    }
}
