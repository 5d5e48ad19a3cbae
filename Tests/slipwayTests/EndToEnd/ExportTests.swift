import Foundation
import Testing

extension EndToEnd {
    struct ExportTests {
        @Test func aVersionAndABareFileBecomeTheSameQuery() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let bodies = try ["churn@1", "good.onnx"].map { model in
                    let text = try project.done(
                        "model", "export", model, "--format", "sql", "--dialect", "duckdb", "--table", "customers",
                        "--keys", "customer_id"
                    ).output
                    #expect(text.hasPrefix("-- \(model), digest "))
                    return text.split(separator: "\n").filter { !$0.hasPrefix("--") }
                }
                #expect(bodies[0] == bodies[1])
                #expect(bodies[0].contains { $0.contains("AS \"probabilities_1\"") })
            }
        }

        @Test func theModelFileLeavesAsItCame() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("model", "export", "churn", "--format", "onnx", "--to", "out.onnx")
                let came = try Data(contentsOf: URL(filePath: "\(project.path)/good.onnx"))
                #expect(try Data(contentsOf: URL(filePath: "\(project.path)/out.onnx")) == came)
            }
        }
    }
}
