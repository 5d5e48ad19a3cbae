package import SlipwayData

/// The rows that tests push, store, and send.
package enum Rows {
    /// A row that fits; the first one of the models' reference cases.
    package static let record = #"{"age":64.49103,"income":7.5492744,"contract":"month","region":"north"}"#

    /// The same row as the Open Inference Protocol writes it.
    package static let tensors = """
        {"inputs": [{"name": "age", "shape": [1, 1], "datatype": "FP32", "data": [64.49103]}, \
        {"name": "income", "shape": [1, 1], "datatype": "FP32", "data": [7.5492744]}, \
        {"name": "contract", "shape": [1, 1], "datatype": "BYTES", "data": ["month"]}, \
        {"name": "region", "shape": [1, 1], "datatype": "BYTES", "data": ["north"]}]}
        """

    /// The probability of `Yes` that the reference implementation gives ``record`` by `churn@1` and `churn@2`.
    package static let reference = (logistic: 0.9989139, boosting: 0.79559046)

    /// The stored features of customer 1 are the second row of the reference cases.
    package static let customerReference = 0.0012365878

    /// Examples from which the signature learns ranges, categories, and that an age may be missing.
    package static func examples() throws -> Table {
        let rows = 0..<60
        return try Table(columns: [
            Column(
                name: "age", values: .numbers(rows.map { Double(20 + $0) }), validity: rows.map { $0 % 7 != 3 }),
            Column(name: "income", values: .numbers(rows.map { Double(10 + $0 * 2) })),
            Column(name: "contract", values: .strings(rows.map { ["month", "year", "two years"][$0 % 3] })),
            Column(name: "region", values: .strings(rows.map { ["north", "south"][$0 % 2] })),
            Column(name: "left", values: .strings(rows.map { $0 % 4 == 0 ? "Yes" : "No" })),
        ])
    }

    /// Two customers; the second one's age is not known.
    package static func customers() throws -> Table {
        try Table(columns: [
            Column(name: "customer_id", values: .integers([1, 2])),
            Column(name: "age", values: .numbers([9.33202, .nan])),
            Column(name: "income", values: .numbers([9.014442, 20])),
            Column(name: "contract", values: .strings(["year", "month"])),
            Column(name: "region", values: .strings(["south", "north"])),
        ])
    }
}
