extension Table {
    /// Joins tables with the same columns, one below the other.
    ///
    /// - Throws: ``DataError`` of kind `missingColumn` when the tables differ in a column's name or type.
    /// - Complexity: O(cells).
    public static func concatenating(_ parts: [Table]) throws(DataError) -> Table {
        if let wider = parts.first(where: { $0.columns.count > parts[0].columns.count }) {
            let extra = wider.names.first { parts[0][$0] == nil } ?? ""
            throw DataError(.missingColumn, "not all parts have the column '\(extra)'")
        }
        var columns: [Column] = []
        for column in parts.first?.columns ?? [] {
            let pieces = parts.compactMap { $0[column.name] }
            guard pieces.count == parts.count, pieces.allSatisfy({ $0.type == column.type }) else {
                throw DataError(
                    .missingColumn, "not all parts have the column '\(column.name)' of \(column.type.rawValue)")
            }
            columns.append(column.concatenated(with: pieces.dropFirst()))
        }
        return try Table(columns: columns)
    }
}

extension Column {
    /// The column with the cells of others of its type below it.
    fileprivate func concatenated(with pieces: ArraySlice<Column>) -> Column {
        let all = [self] + pieces
        let values: Values =
            switch self.values {
            case .booleans: .booleans(all.flatMap(\.booleans))
            case .integers: .integers(all.flatMap(\.integers))
            case .numbers: .numbers(all.flatMap(\.numbers))
            case .strings: .strings(all.flatMap(\.strings))
            }
        return Column(name: name, values: values, validity: validity(with: pieces))
    }

    private func validity(with pieces: ArraySlice<Column>) -> [Bool]? {
        guard validity != nil || pieces.contains(where: { $0.validity != nil }) else { return nil }
        return ([self] + pieces).flatMap { $0.validity ?? Array(repeating: true, count: $0.count) }
    }

    private var booleans: [Bool] { if case .booleans(let cells) = values { cells } else { [] } }
    private var integers: [Int64] { if case .integers(let cells) = values { cells } else { [] } }
    private var numbers: [Double] { if case .numbers(let cells) = values { cells } else { [] } }
    private var strings: [String] { if case .strings(let cells) = values { cells } else { [] } }
}
