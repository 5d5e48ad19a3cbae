import Foundation
import SlipwayData
import SlipwayModel
import Testing

struct BaselineTests {
    @Test func aBaselineSurvivesJSON() throws {
        let inputs = try Table(columns: [Column(name: "tenure", values: .integers([1, 34, 2]))])
        let outputs = try Table(columns: [Column(name: "label", values: .strings(["No", "Yes", "No"]))])
        let baseline = Baseline(
            rows: 3, inputs: TableProfile(inputs), outputs: TableProfile(outputs),
            target: ColumnProfile(Column(name: "churn", values: .strings(["No", "No", "Yes"]))))
        let data = try JSONEncoder().encode(baseline)
        #expect(try JSONDecoder().decode(Baseline.self, from: data) == baseline)
    }
}
