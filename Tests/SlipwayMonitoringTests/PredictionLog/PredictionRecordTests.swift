import SlipwayData
import Testing

@testable import SlipwayMonitoring

struct PredictionRecordTests {
    @Test func readsBackFromItsObject() throws {
        for number in 0..<6 {
            let record = SampleRecords.prediction(number, key: number.isMultiple(of: 2) ? "customer \(number)" : nil)
            #expect(try PredictionRecord(json: record.json) == record)
        }
    }

    @Test func theObjectHasTheDocumentedMembers() {
        let record = SampleRecords.prediction(1, key: "1234")
        #expect(
            record.json.members.map(\.name)
                == ["id", "time", "model", "version", "row", "key", "inputs", "outputs", "latency_us", "source"])
        #expect(JSONValue.object(SampleRecords.prediction(0).json)["row"] == nil)
    }

    @Test(arguments: ["id", "time", "model", "version", "inputs", "outputs", "latency_us", "source"])
    func anAbsentMemberIsNamed(_ name: String) {
        var object = SampleRecords.prediction(0).json
        object[name] = nil
        let error = #expect(throws: LogError.self) { try PredictionRecord(json: object) }
        #expect(error?.field == name)
        #expect(error?.kind == .malformed)
    }

    @Test(arguments: ["id", "time", "model", "version", "row", "key", "inputs", "outputs", "latency_us", "source"])
    func aMemberOfAnotherKindIsNamed(_ name: String) {
        var object = SampleRecords.prediction(0).json
        object[name] = .array([])
        #expect(throws: LogError.self) { try PredictionRecord(json: object) }
    }

    @Test func membersOfANewerProgramAreIgnored() throws {
        var object = SampleRecords.prediction(0).json
        object["reasons"] = .array([])
        #expect(try PredictionRecord(json: object) == SampleRecords.prediction(0))
    }
}
