import SlipwayData

extension Table {
    /// One record of named fields per row; a missing cell is `null`.
    var records: [JSONObject] {
        (0..<rowCount).map { row in
            JSONObject(distinct: columns.map { (name: $0.name, value: JSONValue($0[row])) })
        }
    }
}
