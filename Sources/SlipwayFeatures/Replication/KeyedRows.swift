import SlipwayData

/// Fetched rows whose key column is known to be there, distinct, and without a missing value.
///
/// Of a view with a time, the newest row of each key is there, and the others are not.
struct KeyedRows {
    private let table: Table
    private let keys: [FeatureKey]

    /// Checks the rows of a view.
    init(_ table: Table, view: FeatureView) throws(FeatureError) {
        guard let column = table[view.key] else {
            throw FeatureError(
                .invalidKey,
                "feature view '\(view.name)': the query returns no key column '\(view.key)' but "
                    + table.names.joined(separator: ", "),
                hint: "Add it to the query, or name another column as the key.")
        }
        guard table.columns.count <= FeatureLimits.columnCountMax else {
            throw FeatureError(
                .limitExceeded, "feature view '\(view.name)' has more than \(FeatureLimits.columnCountMax) columns",
                hint: "Leave some out of the query.")
        }
        guard table.rowCount > 0 || view.allowsEmpty else {
            throw FeatureError(
                .emptyResult, "feature view '\(view.name)': the query returned no rows",
                hint: "Check the source; where no rows are right, allow an empty view.")
        }
        if let (needed, asker) = view.neededColumns.sorted(by: { $0 < $1 }).first(where: { table[$0.key] == nil }) {
            throw FeatureError(
                .invalidView,
                "feature view '\(view.name)': the query returns no column '\(needed)', which \(asker) needs, but "
                    + table.names.joined(separator: ", "),
                hint: "Add it to the query, or to the table that it reads.")
        }
        let rows = try view.time.map { (time) throws(FeatureError) in
            try Self.newest(of: table, key: column, time: time, view: view)
        }
        self.table = rows ?? table
        keys = try Self.keys(of: self.table[view.key] ?? column, view: view)
    }

    /// The rows without those of which a newer one with the same key is there.
    private static func newest(
        of table: Table, key: Column, time: String, view: FeatureView
    ) throws(FeatureError) -> Table {
        let moments = try moments(of: table, in: time, view: view)
        var newest: [FeatureKey: Int] = [:]
        var older: Set<Int> = []
        for row in 0..<table.rowCount {
            // What is no key is refused with all others.
            guard let found = FeatureKey(key[row], in: key.type) else { continue }
            guard let other = newest[found] else {
                newest[found] = row
                continue
            }
            // Of two with the same time nobody knows which is newer: both stay, and the key is there twice.
            if moments[row] > moments[other] {
                older.insert(other)
                newest[found] = row
            } else if moments[row] < moments[other] {
                older.insert(row)
            }
        }
        return older.isEmpty ? table : table.selecting(rows: (0..<table.rowCount).filter { !older.contains($0) })
    }

    private static func moments(
        of table: Table, in time: String, view: FeatureView
    ) throws(FeatureError) -> [TimePoint] {
        let holder = "feature view '\(view.name)'"
        guard let column = table[time] else {
            throw FeatureError(
                .invalidView,
                "\(holder): the query returns no column '\(time)' with times, but "
                    + table.names.joined(separator: ", "),
                hint: "Add it to the query, or name another column as time.")
        }
        guard column.type == .string || column.count == 0 else {
            throw FeatureError(
                .invalidView, "\(holder): '\(time)' holds \(column.type.rawValue)s, not times",
                hint: "Let the query give times such as 2026-03-01T09:30:00Z.")
        }
        do {
            return try TimePoint.all(of: column, in: holder)
        } catch {
            throw FeatureError(.invalidView, error.message, hint: error.hint)
        }
    }

    /// The rows by rising key, so that equal data has an equal digest in whatever order the source returns it.
    ///
    /// - Complexity: O(n log n).
    func sorted() -> Table {
        let order = keys.indices.sorted { keys[$0] < keys[$1] }
        return order.elementsEqual(keys.indices) ? table : table.selecting(rows: order)
    }

    private static func keys(of column: Column, view: FeatureView) throws(FeatureError) -> [FeatureKey] {
        var keys: [FeatureKey] = []
        keys.reserveCapacity(column.count)
        var seen: Set<FeatureKey> = []
        for row in 0..<column.count {
            guard let key = FeatureKey(column[row], in: column.type) else {
                throw FeatureError(
                    .invalidKey, "feature view '\(view.name)': the key '\(view.key)' is missing in row \(row + 1)",
                    hint: "Leave such rows out of the query: where \(view.key) is not null.")
            }
            guard seen.insert(key).inserted else {
                throw FeatureError(
                    .invalidKey,
                    "feature view '\(view.name)': the key '\(view.key)' has the value "
                        + "'\(key.value.text.prefix(60))' twice, again in row \(row + 1)",
                    hint: "Make the query return one row per key.")
            }
            keys.append(key)
        }
        return keys
    }
}
