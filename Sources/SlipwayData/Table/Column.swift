/// A named, typed sequence of cells, stored by type.
///
/// A missing cell has a placeholder in ``values`` (`false`, 0, NaN, or `""`) and `false` in ``validity``.
public struct Column: Equatable, Sendable {
    /// The cells of a column, in an array of their own type.
    public enum Values: Equatable, Sendable {
        /// Truth values.
        case booleans([Bool])
        /// Whole numbers.
        case integers([Int64])
        /// Floating-point numbers.
        case numbers([Double])
        /// Texts.
        case strings([String])
    }

    /// The name of the column, unique in its table.
    public var name: String
    /// The cells by type, placeholders included.
    public private(set) var values: Values
    /// For each cell whether it holds a value; `nil` when all do.
    public private(set) var validity: [Bool]?

    /// Makes a column from typed cells.
    ///
    /// - Parameter validity: As long as the cells, or `nil` when none is missing. NaN cells count as missing as well.
    public init(name: String, values: Values, validity: [Bool]? = nil) {
        self.name = name
        self.values = values
        self.validity = validity
        precondition(validity.map { $0.count == count } ?? true, "validity and values differ in length")
    }

    /// The number of cells.
    public var count: Int {
        switch values {
        case .booleans(let cells): cells.count
        case .integers(let cells): cells.count
        case .numbers(let cells): cells.count
        case .strings(let cells): cells.count
        }
    }

    /// The type of the cells.
    public var type: ColumnType {
        switch values {
        case .booleans: .boolean
        case .integers: .integer
        case .numbers: .number
        case .strings: .string
        }
    }

    /// One cell.
    ///
    /// - Complexity: O(1).
    public subscript(row: Int) -> Value {
        if let validity, !validity[row] { return .missing }
        switch values {
        case .booleans(let cells): return .boolean(cells[row])
        case .integers(let cells): return .integer(cells[row])
        case .numbers(let cells): return cells[row].isNaN ? .missing : .number(cells[row])
        case .strings(let cells): return .string(cells[row])
        }
    }

    /// The cells as numbers, missing ones as NaN; `nil` for a column of text.
    ///
    /// - Complexity: O(n).
    public var asNumbers: [Double]? {
        let plain: [Double]
        switch values {
        case .booleans(let cells): plain = cells.map { $0 ? 1 : 0 }
        case .integers(let cells): plain = cells.map(Double.init)
        case .numbers(let cells): plain = cells
        case .strings: return nil
        }
        guard let validity else { return plain }
        return zip(plain, validity).map { $1 ? $0 : .nan }
    }

    /// The column with only the given rows, in the given order.
    ///
    /// - Complexity: O(rows).
    public func selecting(rows: [Int]) -> Column {
        let chosen: Values =
            switch values {
            case .booleans(let cells): .booleans(rows.map { cells[$0] })
            case .integers(let cells): .integers(rows.map { cells[$0] })
            case .numbers(let cells): .numbers(rows.map { cells[$0] })
            case .strings(let cells): .strings(rows.map { cells[$0] })
            }
        return Column(name: name, values: chosen, validity: validity.map { flags in rows.map { flags[$0] } })
    }
}
