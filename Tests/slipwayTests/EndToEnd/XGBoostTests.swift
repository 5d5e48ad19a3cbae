import Foundation
import SlipwayData
import SlipwayTesting
import Testing

extension EndToEnd {
    struct XGBoostTests {
        private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/xgboost/frame-texts")

        /// A fresh project with both files of the model and rows for it.
        private func withProject(_ body: (TelcoProject, XGBoostFixture) throws -> Void) throws {
            try withTemporaryFolder { scratch in
                let outside = TelcoProject(path: scratch, scratch: scratch)
                try outside.done("init", "paint")
                let project = TelcoProject(path: "\(scratch)/paint", scratch: scratch)
                for name in ["model.json", "model.ubj"] {
                    try project.write(try Data(contentsOf: folder.appending(path: name)), to: name)
                }
                let fixture = try XGBoostFixture(folder: folder)
                var rows = "size,colour,weight\n"
                for row in fixture.rows {
                    let cells = row.map { cell in
                        if let number = cell.asNumber { return number.isNaN ? "" : "\(number)" }
                        return "\"\(cell.text.replacing("\"", with: "\"\""))\""
                    }
                    rows += cells.joined(separator: ",") + "\n"
                }
                try project.write(rows, to: "rows.csv")
                try body(project, fixture)
            }
        }

        @Test(arguments: ["model.json", "model.ubj"])
        func aModelIsPushedAndScoresAsXGBoostDoes(file: String) throws {
            try withProject { project, fixture in
                try project.done("model", "push", file, "--name", "paint", "--examples", "rows.csv")
                try project.done("score", "paint@1", "--from", "rows.csv", "--to", "out.csv")
                let table = try CSVReader.table(parsing: Array(try #require(project.text(of: "out.csv")).utf8))
                #expect(table.rowCount == fixture.rows.count)
                for (row, expected) in fixture.predictions.enumerated() {
                    let probability = try #require(table["probabilities_1"]?[row].asNumber)
                    #expect(abs(probability - Double(expected[0])) <= 1e-6)
                    #expect(table["label"]?[row].asNumber == (expected[0] > 0.5 ? 1 : 0))
                }
            }
        }

        @Test func aServedModelTakesItsFieldsByName() throws {
            try withProject { project, fixture in
                try project.done("model", "push", "model.ubj", "--name", "paint", "--examples", "rows.csv")
                try project.done("model", "promote", "paint@1", "--to", "production")
                let row = try #require(fixture.rows.firstIndex { row in row.allSatisfy { $0.asNumber?.isNaN != true } })
                let cells = fixture.rows[row]
                let body = JSONValue.object([
                    "size": JSONValue(cells[0]), "colour": JSONValue(cells[1]), "weight": JSONValue(cells[2]),
                ])
                try RunningServer.with(project) { server in
                    let answer = try server.request("POST", "/models/paint/predict", body: body.text)
                    #expect(answer.status == 200, "\(answer.body)")
                    let probability = try #require(answer.json["probabilities"]?["1"]?.asValue?.asNumber)
                    #expect(abs(probability - Double(fixture.predictions[row][0])) <= 1e-6)
                }
            }
        }

        @Test func whatIsNoModelOfXGBoostIsRefusedWithItsPlace() throws {
            try withProject { project, _ in
                try project.write(#"{"learner": {"feature_names": [1]}}"#, to: "broken.json")
                let refusal = try project.refusal("model", "push", "broken.json", "--name", "paint")
                #expect(refusal.contains("learner.feature_names[0]"))
            }
        }
    }
}
