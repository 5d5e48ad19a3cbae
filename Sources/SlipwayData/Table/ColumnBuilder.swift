/// Gathers cells one by one into a ``Column`` of a known type.
///
/// A value of another type is converted where nothing is lost (1 to 1.0, `true` to 1); any other value throws.
public struct ColumnBuilder: Sendable {
    private let name: String
    private var values: Column.Values
    private var validity: [Bool] = []
    private var hasMissing = false

    /// Starts an empty column.
    public init(name: String, type: ColumnType) {
        self.name = name
        values =
            switch type {
            case .boolean: .booleans([])
            case .integer: .integers([])
            case .number: .numbers([])
            case .string: .strings([])
            }
    }

    /// Adds one cell.
    ///
    /// - Throws: ``DataError`` of kind `wrongType` when the value does not fit the column without loss.
    public mutating func append(_ value: Value) throws(DataError) {
        let isMissing = value.isMissing
        hasMissing = hasMissing || isMissing
        switch values {
        case .booleans(var cells):
            values = .booleans([])
            defer { values = .booleans(cells) }
            cells.append(isMissing ? false : try truth(of: value))
        case .integers(var cells):
            values = .integers([])
            defer { values = .integers(cells) }
            cells.append(isMissing ? 0 : try whole(of: value))
        case .numbers(var cells):
            values = .numbers([])
            defer { values = .numbers(cells) }
            guard isMissing || value.asNumber != nil else { throw mismatch(value, "a number") }
            cells.append(isMissing ? .nan : value.asNumber ?? .nan)
        case .strings(var cells):
            values = .strings([])
            defer { values = .strings(cells) }
            cells.append(value.text)
        }
        validity.append(!isMissing)
    }

    /// The finished column.
    public func finish() -> Column {
        Column(name: name, values: values, validity: hasMissing ? validity : nil)
    }

    private func truth(of value: Value) throws(DataError) -> Bool {
        switch value {
        case .boolean(let truth): return truth
        case .integer(0), .number(0): return false
        case .integer(1), .number(1): return true
        default: throw mismatch(value, "true or false")
        }
    }

    private func whole(of value: Value) throws(DataError) -> Int64 {
        switch value {
        case .integer(let whole): return whole
        case .boolean(let truth): return truth ? 1 : 0
        case .number(let number):
            guard let whole = Int64(exactly: number) else { throw mismatch(value, "a whole number") }
            return whole
        default: throw mismatch(value, "a whole number")
        }
    }

    private func mismatch(_ value: Value, _ wanted: String) -> DataError {
        DataError(.wrongType, "column '\(name)' holds \(wanted), not '\(value.text.prefix(60))'")
    }
}
