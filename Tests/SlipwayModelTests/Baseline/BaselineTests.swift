import Foundation
import SlipwayData
import SlipwayModel
import Testing

struct BaselineTests {
    @Test func aBaselineSurvivesJSON() throws {
        let inputs = try Table(columns: [Column(name: "tenure", values: .integers([1, 34, 2]))])
        let outputs = try Table(columns: [Column(name: "label", values: .strings(["No", "Yes", "No"]))])
        let baseline = Baseline(
            inputs: inputs, outputs: outputs, target: Column(name: "churn", values: .strings(["No", "No", "Yes"])))
        #expect(baseline.rows == 3)
        let data = try JSONEncoder().encode(baseline)
        #expect(try JSONDecoder().decode(Baseline.self, from: data) == baseline)
    }
}
