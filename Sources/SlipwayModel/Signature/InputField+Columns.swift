public import SlipwayData

extension InputField {
    /// Whether every cell of a column is known to be there where it must be, and within range or categories.
    ///
    /// It is told from the column's own array, without a look at each cell as a value; `false` leaves it open.
    ///
    /// - Complexity: O(rows), and O(rows + categories) for texts.
    public func surelyAllows(_ column: Column) -> Bool {
        let mustBeThere = isRequired && defaultValue == nil
        if mustBeThere, column.validity != nil { return false }
        switch column.values {
        case .booleans: return categories == nil
        case .integers(let cells): return categories == nil && cells.allSatisfy { isWithinRange(Double($0)) }
        case .numbers(let cells):
            return categories == nil
                && cells.allSatisfy { $0.isNaN ? !mustBeThere : isWithinRange($0) }
        case .strings(let cells):
            guard let categories else { return true }
            let known = Set(categories.compactMap { if case .string(let text) = $0 { text } else { nil } })
            guard let validity = column.validity else { return cells.allSatisfy(known.contains) }
            return zip(cells, validity).allSatisfy { !$1 || known.contains($0) }
        }
    }

    private func isWithinRange(_ number: Double) -> Bool {
        number >= minimum ?? -.infinity && number <= maximum ?? .infinity
    }
}
