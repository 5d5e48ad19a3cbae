import SlipwayData
import Testing

@testable import SlipwayMonitoring

struct CompactedRowTests {
    @Test(arguments: [
        #"{"id":"0195533f-5c3d-7a41-9e2b-3f1c6d8e9a70","time":"2026-03-01T09:30:00.125Z","model":"churn","version":3,"row":1,"trace":"ab","key":"","inputs":{"a":null,"b":[1,2.5],"c":"\u0000"},"outputs":{},"latency_us":12,"source":"online","role":"champion","pair":"x","cached":true,"pinned":false}"#,
        #"{"id":"x","time":"2026-03-01T10:30:00+01:00","version":"three","row":null,"key":7,"inputs":"none","newer":{"deep":[{"member":1e300}]},"more":"mine"}"#,
        "{}",
    ])
    func everyMemberComesBack(text: String) throws {
        guard case .object(let record) = try JSONValue(parsing: Array(text.utf8)) else { return }
        let back = try CompactedRow.record(of: CompactedRow.cells(of: record))
        let sorted = { (object: JSONObject) in
            object.members.sorted { $0.name < $1.name }.map { "\($0.name) \($0.value.text)" }
        }
        #expect(sorted(back) == sorted(record))
    }

    @Test func aRecordOfThisProgramComesBackInItsOrder() throws {
        var record = SampleRecords.prediction(1, key: "customer")
        record.trace = "0af7651916cd43dd8448eb211c80319c"
        record.role = .champion
        record.pair = record.id
        record.isCached = true
        let back = try CompactedRow.record(of: CompactedRow.cells(of: record.json))
        #expect(back == record.json)
        #expect(CompactedRow.cells(of: record.json).last == .missing)
    }

    @Test func aCellThatHoldsNoObjectIsMalformed() {
        var cells = CompactedRow.cells(of: SampleRecords.prediction(1).json)
        cells[CompactedRow.columns.firstIndex { $0.name == "inputs" } ?? 0] = .string("{")
        #expect(throws: LogError.self) { try CompactedRow.record(of: cells) }
    }
}
