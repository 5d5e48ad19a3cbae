import SlipwayData
import SlipwayServing
import Testing

@testable import SlipwayHTTP

struct NamedRowsTests {
    /// As many columns as a body has room for; a look among all before each would take hours.
    private static let names = (0..<300_000).map { "column \($0)" }

    private static func columns(_ columns: JSONObject) throws(ServingError) -> [JSONObject] {
        try NamedRows.columns(of: .object(columns), in: "inputs", fields: ["a", "b"])
    }

    @Test func columnsBecomeRecordsInOrder() throws {
        let (one, two): (JSONValue, JSONValue) = (.integer(1), .integer(2))
        #expect(
            try Self.columns(["a": .array([one, .array([two])]), "b": .array(["x", .null])])
                == [["a": one, "b": "x"], ["a": two, "b": .null]])
        #expect(try Self.columns(["a": one]) == [["a": one]])
        #expect(try Self.columns([:]).isEmpty)
    }

    @Test func columnsOfOtherLengthsAreRefusedByName() {
        let error = #expect(throws: ServingError.self) {
            try Self.columns(["a": .array(["x", "y"]), "b": .array(["x"])])
        }
        #expect(error?.message == "column 'b' has 1 cells, others have 2" && error?.field == "b")
    }

    @Test(.timeLimit(.minutes(10))) func manyColumnsAreReadInTheTimeThatTheyAreLong() throws {
        let records = try Self.columns(JSONObject(distinct: Self.names.map { (name: $0, value: .null) }))
        #expect(records.first?.members.count == Self.names.count)
    }

    @Test(.timeLimit(.minutes(10))) func manyNamesOfADataFrameAreReadInTheTimeThatTheyAreLong() throws {
        let frame: JSONObject = [
            "columns": .array(Self.names.map(JSONValue.string)),
            "data": .array([.array(Self.names.map { _ in .null })]),
        ]
        let request = try MLflowRequest(.object(["dataframe_split": .object(frame)]), fields: ["a"])
        #expect(request.records.first?.members.count == Self.names.count)
    }
}
