extension Table {
    /// Joins tables with the same columns, one below the other.
    ///
    /// - Throws: ``DataError`` when columns differ in name or type.
    /// - Complexity: O(cells).
    public init(concatenating parts: [Table]) throws(DataError) {
        guard let first = parts.first else {
            try self.init(columns: [])
            return
        }
        var columns: [Column] = []
        for column in first.columns {
            var builder = ColumnBuilder(name: column.name, type: column.type)
            for part in parts {
                guard let piece = part[column.name], piece.type == column.type,
                    part.columns.count == first.columns.count
                else { throw DataError(.missingColumn, "the parts do not all have the column '\(column.name)'") }
                for row in 0..<piece.count { try builder.append(piece[row]) }
            }
            columns.append(builder.finish())
        }
        try self.init(columns: columns)
    }
}
