import SlipwayData
import SlipwayModel
import Testing

@testable import slipway

struct BenchmarkRowsTests {
    private let signature = Signature(
        inputs: [
            InputField(name: "a", type: .number, slot: .init(input: "x", index: 0), elementType: .float32),
            InputField(name: "b", type: .number, slot: .init(input: "x", index: 1), elementType: .float32),
        ], outputs: [], task: Signature.Task(kind: .regression))

    @Test(arguments: [1, 7, 5_000]) func everyCallHasItsRowsAndCallsDiffer(batch: Int) throws {
        let rows = try BenchmarkRows(randomFor: signature, batch: batch)
        #expect(rows.calls.allSatisfy { $0.count == batch })
        #expect(rows.distinctCount >= BenchmarkRows.distinctCount)
        #expect(Set(rows.calls).count == rows.calls.count)
        #expect(rows.calls.count >= BenchmarkRows.callCountMin)
    }

    @Test func rowsOfATableComeInTurnAndAgain() throws {
        let table = try CSVReader.table(parsing: Array("b,a\n10,1\n20,2\n30,3\n".utf8))
        let rows = try BenchmarkRows(of: table, named: "rows.csv", for: signature, batch: 2)
        let seen = rows.calls.flatMap { $0.map { $0.map { $0.asNumber ?? .nan } } }
        #expect(seen.prefix(4) == [[1, 10], [2, 20], [3, 30], [1, 10]])
        #expect(rows.distinctCount == 3)
        #expect(rows.source == "rows.csv")
    }

    @Test func aBatchBeyondTheLimitAndATableWithoutRowsAreRefused() throws {
        #expect(throws: ModelError.self) { try BenchmarkRows(randomFor: signature, batch: 20_000_000) }
        let empty = try CSVReader.table(parsing: Array("a,b\n".utf8))
        #expect(throws: ModelError.self) {
            try BenchmarkRows(of: empty, named: "rows.csv", for: signature, batch: 1)
        }
    }
}
