/// One column while a CSV file is read: first its type is inferred, then its cells are gathered.
struct CSVColumn {
    let name: String
    /// The type, `nil` while no cell has told.
    private(set) var type: ColumnType?
    private var booleans: [Bool] = []
    private var integers: [Int64] = []
    private var numbers: [Double] = []
    private var strings: [String] = []
    private var validity: [Bool] = []
    private var hasMissing = false

    init(name: String, type: ColumnType?) {
        self.name = name
        self.type = type
    }

    /// The column without cells.
    var empty: Column { ColumnBuilder(name: name, type: type ?? .string).finish() }

    /// Widens the inferred type so that it holds a cell.
    mutating func infer(from cell: CSVCell) {
        guard type != .string, !cell.isMissing else { return }
        let cellType = cell.inferredType
        switch (type, cellType) {
        case (nil, _): type = cellType
        case (.integer, .number), (.number, .integer): type = .number
        case (let known?, _): if known != cellType { type = .string }
        }
    }

    /// Settles a column in which no cell has a value: numbers, all missing, as data frames have it.
    mutating func settle() { type = type ?? .number }

    /// Adds a cell.
    ///
    /// - Returns: What the type asks for, when the cell is something else; nothing is added then.
    mutating func append(_ cell: CSVCell) -> String? {
        guard !cell.isMissing else {
            appendMissing()
            return nil
        }
        switch type {
        case .boolean:
            guard let truth = cell.truth else { return "true or false" }
            booleans.append(truth)
        case .integer:
            guard let whole = cell.whole else { return "a whole number" }
            integers.append(whole)
        case .number:
            guard let number = cell.number else { return "a number" }
            numbers.append(number)
        case .string, nil: return "text"
        }
        validity.append(true)
        return nil
    }

    /// Adds a text; the empty one is missing.
    mutating func append(_ text: String) {
        strings.append(text)
        validity.append(!text.isEmpty)
        hasMissing = hasMissing || text.isEmpty
    }

    /// The column gathered so far, which leaves this one empty.
    mutating func finish() -> Column {
        let values: Column.Values =
            switch type {
            case .boolean: .booleans(booleans)
            case .integer: .integers(integers)
            case .number: .numbers(numbers)
            case .string, nil: .strings(strings)
            }
        let column = Column(name: name, values: values, validity: hasMissing ? validity : nil)
        self = CSVColumn(name: name, type: type)
        return column
    }

    /// Adds a missing cell.
    mutating func appendMissing() {
        switch type {
        case .boolean: booleans.append(false)
        case .integer: integers.append(0)
        case .number: numbers.append(.nan)
        case .string, nil: strings.append("")
        }
        validity.append(false)
        hasMissing = true
    }
}
