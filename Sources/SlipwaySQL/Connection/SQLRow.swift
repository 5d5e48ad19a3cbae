public import SlipwayData

/// One row of a result, with cells by position and by column name.
public struct SQLRow: Equatable, Sendable {
    /// The names of the columns, shared by all rows of a result.
    public let names: [String]
    /// The cells in the order of the columns.
    ///
    /// Truth values come as the integers 0 and 1.
    public let values: [Value]

    /// Makes a row; there are as many names as values.
    package init(names: [String], values: [Value]) {
        self.names = names
        self.values = values
    }

    /// The cell of a column, or missing when no column has this name.
    ///
    /// - Complexity: O(columns).
    public subscript(name: String) -> Value {
        names.firstIndex(of: name).map { values[$0] } ?? .missing
    }

    /// The text of a column.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else or nothing.
    public func text(_ name: String) throws(SQLError) -> String {
        guard case .string(let text) = self[name] else { throw mismatch(name, "a text") }
        return text
    }

    /// The whole number of a column.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else or nothing.
    public func integer(_ name: String) throws(SQLError) -> Int {
        guard case .integer(let whole) = self[name] else { throw mismatch(name, "a whole number") }
        return Int(whole)
    }

    /// The number of a column, whole or not.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else or nothing.
    public func number(_ name: String) throws(SQLError) -> Double {
        guard let number = self[name].asNumber else { throw mismatch(name, "a number") }
        return number
    }

    /// The truth value of a column that holds 0 or 1.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else or nothing.
    public func boolean(_ name: String) throws(SQLError) -> Bool {
        switch self[name] {
        case .boolean(let truth): return truth
        case .integer(0): return false
        case .integer(1): return true
        default: throw mismatch(name, "true or false")
        }
    }

    /// The text of a column, or `nil` where the cell is NULL.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else.
    public func textIfPresent(_ name: String) throws(SQLError) -> String? {
        self[name].isMissing ? nil : try text(name)
    }

    /// The whole number of a column, or `nil` where the cell is NULL.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else.
    public func integerIfPresent(_ name: String) throws(SQLError) -> Int? {
        self[name].isMissing ? nil : try integer(name)
    }

    /// The number of a column, or `nil` where the cell is NULL.
    ///
    /// - Throws: ``SQLError`` of kind `wrongType` when the cell holds something else.
    public func numberIfPresent(_ name: String) throws(SQLError) -> Double? {
        self[name].isMissing ? nil : try number(name)
    }

    private func mismatch(_ name: String, _ wanted: String) -> SQLError {
        guard names.contains(name) else {
            return SQLError(.missingColumn, "the result has no column '\(name)' among \(names.joined(separator: ", "))")
        }
        return SQLError(.wrongType, "column '\(name)' of the store should hold \(wanted)")
    }
}
