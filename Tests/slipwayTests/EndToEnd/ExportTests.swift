import Foundation
import Testing

extension EndToEnd {
    struct ExportTests {
        @Test func aVersionAndABareFileBecomeTheSameQuery() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let named = ["churn@1": "churn@1", "churn": "churn@1", "good.onnx": "good.onnx"]
                let bodies = try named.map { model, name in
                    let text = try project.done(
                        "model", "export", model, "--format", "sql", "--dialect", "duckdb", "--table", "customers",
                        "--keys", "customer_id"
                    ).output
                    #expect(text.hasPrefix("-- \(name), digest "))
                    return text.split(separator: "\n").filter { !$0.hasPrefix("--") }
                }
                #expect(Set(bodies).count == 1)
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
