import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// What the project says of its logs holds while the server runs and after it.
    struct LogTests {
        private static let oldSegment =
            "20200101T000000000Z-20200101T010000000Z-0000000001-0000000000000001.predictions"
        private static let logFolder = ".slipway/log/production/churn"

        /// Every file below a folder that holds one of the texts, in whatever it is stored.
        private static func files(below folder: String, holding texts: [String]) throws -> [String] {
            let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
            #expect(files.contains { $0.hasSuffix(".predictions") })
            return files.filter { file in
                let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") ?? Data()
                return texts.contains { bytes.firstRange(of: Data($0.utf8)) != nil }
            }
        }

        private static func inputs(_ project: TelcoProject) throws -> [JSONValue] {
            let shown = try project.done("log", "show", "churn", "--json").json
            guard case .array(let predictions)? = shown["predictions"] else { return [] }
            return predictions.compactMap { $0["inputs"] }
        }

        @Test func aFieldThatTheModelHidesReachesNoFileInClear() throws {
            try TelcoProject.with { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                let privacy = "privacy: { tenure: hash, monthly_charges: mask, contract: drop }"
                try project.write(
                    settings.replacing("    target: churn\n", with: "    target: churn\n    \(privacy)\n"),
                    to: "slipway.yaml")
                try project.promoteGoodModel()
                let clear = ["41.98765", "98.76543"]
                let record = """
                    {"customer_id":1003,"tenure":\(clear[0]),"contract":"One year","monthly_charges":\(clear[1])}
                    """
                try RunningServer.with(project) { server in
                    for body in [record, "[\(record),\(record)]"] {
                        let answer = try server.request("POST", "/models/churn/predict", body: body)
                        #expect(answer.status == 200, "\(answer.body)")
                    }
                    #expect(try Self.files(below: project.path, holding: clear) == [])
                }
                #expect(try Self.files(below: project.path, holding: clear) == [])
                #expect(try Self.files(below: project.path, holding: ["******43"]).count == 1)
                let inputs = try Self.inputs(project)
                #expect(inputs.count == 3)
                #expect(inputs.allSatisfy { $0["contract"] == nil && $0["monthly_charges"] == .string("******43") })
                let digests = Set(inputs.compactMap { $0["tenure"]?.asValue?.text })
                #expect(digests.count == 1 && digests.first?.count == 64)
            }
        }

        @Test func aMisspeltPolicyKeepsTheServerFromStarting() throws {
            try TelcoProject.with { project in
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing(
                        "    target: churn\n", with: "    target: churn\n    privacy: { contrat: drop }\n"),
                    to: "slipway.yaml")
                try project.promoteGoodModel()
                let refusal = try project.refusal("serve", "--port", "0")
                #expect(refusal.contains("'contrat'") && refusal.contains("'contract'"), "\(refusal)")
            }
        }

        @Test func whatIsNotKeptIsRemovedByTheCommandAndByTheServer() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { _ = try $0.prediction(customer: 1003) }
                let folder = "\(project.path)/\(Self.logFolder)"
                let segment = try #require(project.names(in: Self.logFolder).first)
                try FileManager.default.copyItem(atPath: "\(folder)/\(segment)", toPath: "\(folder)/\(Self.oldSegment)")

                let trial = try project.done("log", "prune", "--dry-run", "--json").json
                #expect(trial["too_old"]?["segments"] == .integer(1) && trial["kept"]?["segments"] == .integer(1))
                #expect(project.names(in: Self.logFolder).count == 2)
                let pruned = try project.done("log", "prune").output
                #expect(pruned.contains("1 segment") && pruned.contains("2020-01-01"), "\(pruned)")
                #expect(project.names(in: Self.logFolder) == [segment])

                try FileManager.default.copyItem(atPath: "\(folder)/\(segment)", toPath: "\(folder)/\(Self.oldSegment)")
                try RunningServer.with(project) { server in
                    let id = try server.prediction(customer: 1003)["id"]?.asValue?.text
                    try eventually { !project.names(in: Self.logFolder).contains(Self.oldSegment) }
                    try eventually { server.process.messagesSoFar.contains("removed") }
                    let tight = try project.done("log", "prune", "--json").json
                    #expect(tight["kept"]?["segments"] == .integer(2))
                    try project.done("log", "export", "churn", "--to", "log.jsonl")
                    #expect(try LoopTests.loggedIDs(project.text(of: "log.jsonl")).last == id)
                }
            }
        }
    }
}
