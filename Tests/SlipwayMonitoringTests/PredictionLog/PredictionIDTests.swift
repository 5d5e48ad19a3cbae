import SlipwayData
import Testing

@testable import SlipwayMonitoring

struct PredictionIDTests {
    @Test func hasVersionSevenAndTheVariantOfTheStandard() throws {
        let id = PredictionID(time: SampleRecords.start, sequence: 0xABC, random: .max)
        #expect(id.description == "019ca8bb-b5c0-7abc-bfff-ffffffffffff")
        #expect(id.time == SampleRecords.start)
        #expect(PredictionID(id.description) == id)
        #expect(PredictionID(id.description.uppercased()) == id)
    }

    @Test func theExampleOfTheStandardIsRead() throws {
        let id = try #require(PredictionID("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"))
        #expect(id.time == Timestamp("2022-02-22T19:22:22.000Z"))
        #expect(id.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test(arguments: [
        "", "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
        "017f22e2-79b0-7cc3-98c4--c0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c0739é",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(PredictionID(text) == nil)
    }
}
