import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct ServeTests {
        @Test func anAddressThatOthersReachNeedsAKeyOrTheWordInsecure() throws {
            try TelcoProject.with { project in
                let outcome = try project.slipway("serve", "--host", "0.0.0.0", "--port", "0")
                #expect(outcome.status == 1)
                #expect(outcome.messages.contains("slipway key create"))
                #expect(outcome.messages.contains("--insecure"))
                #expect(outcome.output == "")
            }
        }

        @Test func aPortThatIsTakenIsNamed() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try RunningServer.with(project) { server in
                    let refusal = try project.refusal("serve", "--port", String(server.port))
                    #expect(refusal.contains(String(server.port)), "\(refusal)")
                }
            }
        }

        @Test func anEnvironmentWithoutModelsIsServedUntilOneIsPromoted() throws {
            try TelcoProject.with { project in
                try RunningServer.with(project) { server in
                    let unknown = try server.request("GET", "/models/churn")
                    #expect(unknown.status == 404)
                    #expect(try unknown.json["error"]?["code"] != nil)
                    try project.promoteGoodModel()
                    try eventually { try server.request("GET", "/models/churn").status == 200 }
                }
            }
        }

        @Test func promotionAndRollbackReachTheServerWithoutAFailedRequest() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { server in
                    let load = Load(on: server.port, clientCount: 3)
                    for _ in 0..<3 {
                        try project.done("model", "promote", "churn@2", "--to", "production")
                        try eventually { try server.prediction(customer: 1003)["version"] == .integer(2) }
                        try project.done("model", "rollback", "churn", "--in", "production")
                        try eventually { try server.prediction(customer: 1003)["version"] == .integer(1) }
                    }
                    let result = load.stop()
                    #expect(result.failures == [])
                    #expect(result.answeredIDs.count > 50)
                }
            }
        }

        @Test func aServerThatCannotLogIsNotReadyFromItsStartOn() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.write("no folder\n", to: ".slipway/log")
                try RunningServer.with(project) { server in
                    #expect(try server.request("GET", "/health/ready").status == 503)
                    #expect(server.process.messagesSoFar.contains("the log cannot be written"))
                    try FileManager.default.removeItem(atPath: "\(project.path)/.slipway/log")
                    #expect(try server.request("GET", "/health/ready").status == 200)
                }
            }
        }

        @Test func aRegistryThatWasRestoredFromABackupIsFollowed() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try RunningServer.with(project) { server in
                    let registry = "\(project.path)/.slipway/registry.db"
                    for suffix in ["", "-wal"] {
                        try FileManager.default.copyItem(
                            atPath: registry + suffix, toPath: "\(project.path)/backup.db\(suffix)")
                    }
                    for suffix in ["", "-wal", "-shm"] { try FileManager.default.removeItem(atPath: registry + suffix) }
                    for suffix in ["-wal", ""] { _ = rename("\(project.path)/backup.db\(suffix)", registry + suffix) }
                    try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                    try project.done(
                        "model", "promote", "churn@2", "--to", "production", "--force", "--reason", "a test")
                    try eventually {
                        try server.request("GET", "/models/churn").json["version"] == .integer(2)
                    }
                    #expect(!server.process.messagesSoFar.contains("is damaged"))
                }
            }
        }

        @Test func requestsUnderWayAreAnsweredWhenTheServerIsAskedToEnd() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                let server = try RunningServer(project)
                let load = Load(on: server.port, clientCount: 3)
                load.wait(untilAnswered: 100)
                server.process.signal(SIGTERM)
                let outcome = try server.process.wait()
                let answered = Set(load.stop().answeredIDs)
                #expect(outcome.status == 0 && !outcome.isSignalled)
                try project.done("log", "export", "churn", "--to", "log.jsonl")
                #expect(answered.isSubset(of: try LoopTests.loggedIDs(project.text(of: "log.jsonl"))))
            }
        }
    }
}
