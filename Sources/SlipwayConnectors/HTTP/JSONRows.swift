import SlipwayData

/// Objects of JSON on their way to becoming rows.
///
/// The columns are the names of the objects in the order in which they come, and each has the narrowest type that holds
/// all its values: truth, whole numbers, numbers, else text. Arrays and objects within are text of JSON.
struct JSONRows {
    private struct Gathered {
        var name: String
        var type: ColumnType?
        var isDeclared: Bool
        /// The values so far; rows behind the last one are missing.
        var values: [Value] = []
    }

    private var columns: [Gathered]
    private var places: [String: Int] = [:]
    private let isDeclared: Bool
    private var rowCount = 0
    private var budget: FetchBudget

    /// Starts without rows.
    ///
    /// - Parameter columns: The columns to take, with their types; empty to take all that come.
    init(columns declared: [(name: String, type: ColumnType)], limits: FetchLimits) {
        columns = declared.map { Gathered(name: $0.name, type: $0.type, isDeclared: true) }
        isDeclared = !declared.isEmpty
        budget = FetchBudget(limits: limits)
        for (place, column) in declared.enumerated() { places[column.name] = place }
    }

    /// Adds the rows of a page.
    ///
    /// - Throws: ``DataError`` of kind `limitExceeded`.
    mutating func add(_ rows: [JSONObject]) throws(DataError) {
        for row in rows {
            var byteCount = 0
            for (name, json) in row.members {
                guard let place = place(of: name) else { continue }
                let value = json.asValue ?? .string(json.text(style: .compact))
                byteCount += value.byteCount
                pad(place)
                columns[place].values.append(value)
                widen(place, by: value)
            }
            rowCount += 1
            try budget.spend(rows: 1, bytes: byteCount)
        }
    }

    /// The rows as a table.
    ///
    /// - Throws: ``DataError`` of kind `wrongType` where a value is not of its declared type, and `malformed` for no
    ///   rows of undeclared columns.
    func table(named name: String) throws(DataError) -> Table {
        guard !columns.isEmpty else {
            throw DataError(
                .malformed, "table '\(name)' has no rows, and so no columns are known",
                hint: "Declare its columns with their types.")
        }
        var finished: [Column] = []
        for column in columns {
            var builder = ColumnBuilder(name: column.name, type: column.type ?? .number)
            for row in 0..<rowCount {
                let value = row < column.values.count ? column.values[row] : .missing
                let isText = column.type == .string && !value.isMissing
                try builder.append(isText ? .string(value.text) : value)
            }
            finished.append(builder.finish())
        }
        return try Table(columns: finished)
    }

    private mutating func place(of name: String) -> Int? {
        if let place = places[name] { return place }
        guard !isDeclared else { return nil }
        places[name] = columns.count
        columns.append(Gathered(name: name, type: nil, isDeclared: false))
        return columns.count - 1
    }

    /// Fills the rows in which a column did not come.
    private mutating func pad(_ place: Int) {
        let gap = rowCount - columns[place].values.count
        if gap > 0 { columns[place].values += Array(repeating: .missing, count: gap) }
    }

    private mutating func widen(_ place: Int, by value: Value) {
        guard !columns[place].isDeclared, let type = value.type else { return }
        switch (columns[place].type, type) {
        case (nil, _): columns[place].type = type
        case (.integer, .number), (.number, .integer): columns[place].type = .number
        case (let known?, _): if known != type { columns[place].type = .string }
        }
    }
}
