import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct BenchTests {
        @Test func aVersionAndABareFileAreMeasured() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                for model in ["churn", "churn@1", "good.onnx"] {
                    let outcome = try project.done("bench", model, "--duration", "20ms", "--json")
                    let document = try outcome.json
                    for name in ["us_per_row", "engine_us_per_row", "rows_per_second", "load_seconds", "calls"] {
                        #expect(number(document[name]) > 0, "\(name)")
                    }
                    #expect(document["engine"] == .string("native"))
                    #expect(document["model"] == .string(model))
                    #expect(document["rows"]?["source"] == .string("random, seed 20260101"))
                    let quantiles = ["p50", "p90", "p99", "p99_9"].map { number(document["call_us"]?[$0]) }
                    #expect(quantiles == quantiles.sorted() && quantiles[0] > 0)
                    #expect(outcome.messages == "")
                }
            }
        }

        @Test func rowsOfAFileBatchesCallersAndTheEngineAreTaken() throws {
            try TelcoProject.with { project in
                let document = try project.done(
                    "bench", "good.onnx", "--rows", "rows.csv", "--batch", "7", "--callers", "3", "--threads", "2",
                    "--engine", "native", "--duration", "20ms", "--json"
                ).json
                #expect(document["rows"]?["source"] == .string("rows.csv"))
                #expect(document["batch"] == .integer(7))
                #expect(document["threads"] == .integer(2))
                #expect(document["callers"] == .integer(3))
                // Each caller makes one call at least, however slow the machine.
                #expect(number(document["calls"]) >= 3)
            }
        }

        @Test func peopleReadATable() throws {
            try TelcoProject.with { project in
                let outcome = try project.done("bench", "good.onnx", "--duration", "10ms", "--batch", "2")
                #expect(outcome.output.hasPrefix("good.onnx on the engine native: 2 rows per call, one caller"))
                for line in ["a row", "of it in the engine", "rows per second", "a call, p99.9", "loading the model"] {
                    #expect(outcome.output.contains(line))
                }
            }
        }

        @Test(arguments: [
            (["nowhere.onnx"], "nowhere.onnx"), (["churn@9"], "churn"),
            (["good.onnx", "--rows", "nowhere.csv"], "nowhere.csv"),
            (["good.onnx", "--engine", "none"], "there is no engine 'none'"),
        ])
        func whatCannotBeMeasuredIsRefused(arguments: [String], message: String) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(["bench"] + arguments).wait()
                #expect(outcome.status == 1)
                #expect(outcome.output == "")
                #expect(outcome.messages.contains(message), "\(outcome.messages)")
            }
        }

        @Test func rowsThatDoNotFitAreRefusedWithTheirColumn() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write("tenure\n1\n", to: "narrow.csv")
                let refusal = try project.refusal("bench", "churn", "--rows", "narrow.csv")
                #expect(refusal.contains("there is no column '"))
            }
        }

        @Test(arguments: [
            ["--batch", "0"], ["--threads", "0"], ["--callers", "0"], ["--callers", "1000"],
            ["--duration", "fast"], ["--duration", "11m"],
        ])
        func optionsOutsideTheirRangeAreUsageErrors(arguments: [String]) throws {
            try TelcoProject.with { project in
                let outcome = try project.start(["bench", "good.onnx"] + arguments).wait()
                #expect(outcome.status == 2)
                #expect(outcome.output == "")
            }
        }

        private func number(_ value: JSONValue?) -> Double { value?.asValue?.asNumber ?? .nan }
    }
}
