import SlipwayData

extension Table {
    /// One record of named fields per row; a missing cell is `null`.
    ///
    /// An infinite number, which JSON cannot write, stays one: to take it for missing would be another question.
    var records: [JSONObject] {
        (0..<rowCount).map { row in
            JSONObject(distinct: columns.map { (name: $0.name, value: Self.field($0[row])) })
        }
    }

    private static func field(_ cell: Value) -> JSONValue {
        if case .number(let number) = cell, number.isInfinite { .number(number) } else { JSONValue(cell) }
    }
}
