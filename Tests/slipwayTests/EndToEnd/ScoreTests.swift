import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct ScoreTests {
        @Test func aVersionAPackageAndABareFileGiveTheReferenceScores() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let package = try #require(project.names(in: ".slipway/packages").first)
                let models = ["churn@1", "churn", ".slipway/packages/\(package)", "good.onnx"]
                let results = try models.map { model in
                    try project.done("score", model, "--from", "rows.csv", "--to", "out.csv")
                    return try #require(project.text(of: "out.csv"))
                }
                #expect(Set(results).count == 1)
                let table = try CSVReader.table(parsing: Array(results[0].utf8))
                #expect(table.names == ["label", "probabilities_0", "probabilities_1"])
                let expected = try ReferenceScores.probabilities(of: "good")
                #expect(table.rowCount == expected.count)
                for (row, reference) in expected.enumerated() {
                    let probability = table["probabilities_1"]?[row].asNumber ?? .nan
                    #expect(abs(probability - reference.probability) < 1e-6)
                    #expect(table["label"]?[row] == .string(reference.probability > 0.5 ? "Yes" : "No"))
                }
            }
        }

        @Test func standardOutputTakesTheScoresAndNothingElse() throws {
            try TelcoProject.with { project in
                try project.done("score", "good.onnx", "--from", "rows.csv", "--to", "out.csv")
                let outcome = try project.done("score", "good.onnx", "--from", "rows.csv", "--to", "-")
                #expect(outcome.output == project.text(of: "out.csv"))
                #expect(outcome.messages == "")
            }
        }

        @Test func standardInputGivesTheRows() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let expected = try project.done("score", "good.onnx", "--from", "rows.csv", "--to", "-").output
                for model in ["good.onnx", "churn@1"] {
                    let process = try SlipwayProcess(
                        ["score", model, "--from", "-", "--to", "-"], in: project.path,
                        input: "\(project.path)/rows.csv", scratch: project.scratch)
                    let outcome = try process.wait()
                    #expect(outcome.output == expected, "\(outcome.messages)")
                }
            }
        }

        @Test func columnsNameTheFieldsOfASingleWideInput() throws {
            try TelcoProject.with { project in
                let outcome = try project.done(
                    "score", "wide.onnx", "--from", "rows.csv", "--columns", "tenure,monthly_charges", "--to", "-")
                let table = try CSVReader.table(parsing: Array(outcome.output.utf8))
                for (row, reference) in try ReferenceScores.probabilities(of: "wide").enumerated() {
                    let probability = table["probabilities_1"]?[row].asNumber ?? .nan
                    #expect(abs(probability - reference.probability) < 1e-6)
                }
            }
        }

        @Test(arguments: ["\u{FEFF}", ""], ["\n", "\r\n"])
        func theSpellingOfTheFileChangesNothing(mark: String, lineEnd: String) throws {
            try TelcoProject.with { project in
                let rows = [
                    "tenure,contract,monthly_charges,note", "34,One year,56.95,\"two\(lineEnd)lines\"",
                    "2,\"Month-to-month\",53.85,",
                ]
                try project.write(mark + rows.map { $0 + lineEnd }.joined(), to: "odd.csv")
                let outcome = try project.done("score", "good.onnx", "--from", "odd.csv", "--to", "-")
                let table = try CSVReader.table(parsing: Array(outcome.output.utf8))
                let probabilities = [0, 1].map { table["probabilities_1"]?[$0].asNumber ?? .nan }
                #expect(table.rowCount == 2)
                #expect(abs(probabilities[0] - 0.0282959044) < 1e-6)
                #expect(probabilities[1] > probabilities[0])
            }
        }

        @Test func aHeaderWithoutRowsGivesAHeaderWithoutRows() throws {
            try TelcoProject.with { project in
                try project.write("tenure,contract,monthly_charges\n", to: "none.csv")
                let outcome = try project.done("score", "good.onnx", "--from", "none.csv", "--to", "-")
                #expect(outcome.output == "label,probabilities_0,probabilities_1\n")
            }
        }

        @Test(arguments: [
            ("tenure,monthly_charges\n1,2\n", "column 'contract'"),
            (
                "tenure,contract,monthly_charges\n1,One year,5\n2,One year\n",
                "rows.csv:3: error: the record has 2 fields"
            ),
            ("tenure,contract,monthly_charges\n1,One year,5,6\n", "rows.csv:2: error: the record has 4 fields"),
            ("", "rows.csv:1: error: there is no header"),
            ("tenure,contract,monthly_charges\n1,One year,5\nmany,One year,5\n", "rows.csv:3: error: column 'tenure'"),
            ("tenure,tenure,contract,monthly_charges\n1,1,One year,5\n", "two columns are named 'tenure'"),
            ("tenure,contract,monthly_charges\n1,\"One year,5\n", "rows.csv:2: error: "),
        ])
        func rowsThatCannotBeScoredAreRefusedAndTheOldResultStays(rows: String, message: String) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write(rows, to: "rows.csv")
                try project.write("the old result\n", to: "out.csv")
                let before = project.names(in: ".")
                let refusal = try project.refusal("score", "churn@1", "--from", "rows.csv", "--to", "out.csv")
                #expect(refusal.contains(message), "\(refusal)")
                #expect(project.text(of: "out.csv") == "the old result\n")
                #expect(project.names(in: ".") == before)
            }
        }

        @Test func textThatIsNotUTF8IsRefusedWithItsLine() throws {
            try TelcoProject.with { project in
                try project.write(
                    Data("tenure,contract,monthly_charges\n1,".utf8) + [0xE9] + Data(",5\n".utf8), to: "rows.csv")
                let refusal = try project.refusal("score", "good.onnx", "--from", "rows.csv", "--to", "-")
                #expect(refusal.contains("rows.csv:2: error: the text is not valid UTF-8"))
            }
        }

        @Test func oddRowsAreScoredWithAWarningUnlessStrict() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write("tenure,contract,monthly_charges\n1,Ten years,5\n1,One year,5\n", to: "odd.csv")
                let outcome = try project.done("score", "churn@1", "--from", "odd.csv", "--to", "-")
                #expect(outcome.output.split(separator: "\n").count == 3)
                #expect(outcome.messages.hasPrefix("warning: 1 of 2 rows"))
                #expect(outcome.messages.contains("row 1, field 'contract'"))
                let strict = try project.refusal("score", "churn@1", "--from", "odd.csv", "--to", "out.csv", "--strict")
                #expect(strict.contains("row 1, field 'contract'"))
                #expect(project.text(of: "out.csv") == nil)
            }
        }

        @Test func aDestinationThatCannotBeWrittenIsNamed() throws {
            try TelcoProject.with { project in
                let refusal = try project.refusal("score", "good.onnx", "--from", "rows.csv", "--to", "nowhere/out.csv")
                #expect(refusal.contains("cannot write 'nowhere/out.csv': there is no such file or folder"))
            }
        }

        @Test func whatIsNoModelIsRefused() throws {
            try TelcoProject.with { project in
                let garbage = try project.refusal("score", "./rows.csv", "--from", "rows.csv", "--to", "-")
                #expect(garbage.contains("not an ONNX model"))
                let absent = try project.refusal("score", "absent.onnx", "--from", "rows.csv", "--to", "-")
                #expect(absent.contains("there is no file absent.onnx"))
            }
        }
    }
}
