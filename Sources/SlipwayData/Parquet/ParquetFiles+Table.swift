extension ParquetFiles {
    /// Writes a new file with the rows of a table and brings it to the disk; blocks its thread.
    ///
    /// - Throws: ``DataError`` of kind `unwritable`.
    public func write(_ table: Table, to path: String) throws(DataError) {
        let once = OnceTable(table)
        try write(table.columns.map { ParquetColumn($0.name, .values($0.type)) }, to: path) { once.next() }
    }
}

/// A table that is given once.
private final class OnceTable {
    private var table: Table?

    init(_ table: Table) { self.table = table }

    func next() -> Table? {
        defer { table = nil }
        return table
    }
}
