import SlipwayData

/// Fetched rows whose key column is known to be there, distinct, and without a missing value.
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
        self.table = table
        keys = try Self.keys(of: column, view: view)
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
