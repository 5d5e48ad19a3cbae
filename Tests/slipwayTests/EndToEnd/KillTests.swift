import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct KillTests {
        /// With many connections at once, records of several calls are in one write.
        @Test(arguments: [(4, 50), (4, 400), (32, 800)])
        func noAnsweredPredictionIsLostWhenTheServerIsKilled(clientCount: Int, answerCount: Int) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                let server = try RunningServer(project)
                let load = Load(on: server.port, clientCount: clientCount)
                load.wait(untilAnswered: answerCount)
                server.process.signal(SIGKILL)
                #expect(try server.process.wait().isSignalled)
                let answered = load.stop().answeredIDs
                #expect(answered.count >= answerCount)
                try project.done("log", "export", "churn", "--to", "log.jsonl")
                let logged = try LoopTests.loggedIDs(project.text(of: "log.jsonl"))
                #expect(Set(answered).isSubset(of: logged))
                #expect(Set(logged).count == logged.count)

                try RunningServer.with(project) { server in
                    let answer = try server.prediction(customer: 1003)
                    #expect(answer["version"] == .integer(1))
                    try project.done("log", "export", "churn", "--to", "log.jsonl")
                    let id = try #require(answer["id"]?.asValue?.text)
                    #expect(try LoopTests.loggedIDs(project.text(of: "log.jsonl")) == logged + [id])
                }
            }
        }

        @Test func aKilledRetrainingLeavesTheRegistryAsItWas() throws {
            let script = """
                touch started
                while [ ! -e go ]; do sleep 0.02; done
                cp good.onnx "$SLIPWAY_MODEL_OUTPUT"
                """
            try TelcoProject.with(train: script) { project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                let retraining = try project.start(["retrain", "churn"])
                try retraining.wait(until: "the training began") { project.text(of: "started") != nil }
                retraining.signal(SIGKILL)
                #expect(try retraining.wait().isSignalled)
                #expect(try project.registryState() == before)
                try project.write("", to: "go")
                #expect(try project.done("retrain", "churn").output.contains("churn@2 is champion in production."))
            }
        }

        @Test(arguments: [1, 32, 256, 1_024])
        func aKilledReplicationLeavesTheViewAsItWas(writtenKiB: Int) throws {
            try TelcoProject.with { project in
                try project.done("data", "replicate", "customers")
                let before = try Self.digestOfCustomers(project)
                let rows = (0..<60_000).map { "\($0),\($0 % 70),One year,DSL,\($0 % 90).5,No\n" }.joined()
                try project.write(
                    "customer_id,tenure,contract,internet_service,monthly_charges,churn\n" + rows,
                    to: "data/customers.csv")
                let sizeBefore = Self.byteCountOfStore(project)
                let replication = try project.start(["data", "replicate", "customers"])
                try replication.wait(until: "so much is written") {
                    Self.byteCountOfStore(project) - sizeBefore >= writtenKiB << 10
                }
                replication.signal(SIGKILL)
                #expect(try replication.wait().isSignalled)
                #expect(try Self.digestOfCustomers(project) == before)
                let again = try project.done("data", "replicate", "customers", "--json").json
                #expect(again["rows"] == .integer(60_000))
                #expect(try Self.digestOfCustomers(project) != before)
            }
        }

        @Test(arguments: [20, 60, 120])
        func aKilledPushLeavesNoHalfVersion(milliseconds: UInt32) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                let push = ["model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv"]
                let process = try project.start(push)
                usleep(milliseconds * 1_000)
                process.signal(SIGKILL)
                _ = try process.wait()
                try #expect(project.start(push).wait().status == 0)
                try project.done("model", "check", "churn@2")
                #expect(try project.done("model", "list", "churn").output.contains("churn@3") == false)
            }
        }

        private static func byteCountOfStore(_ project: TelcoProject) -> Int {
            ["production.db", "production.db-wal"].reduce(0) { sum, name in
                let path = "\(project.path)/.slipway/\(name)"
                return sum + ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
            }
        }

        private static func digestOfCustomers(_ project: TelcoProject) throws -> String {
            let listed = try project.done("data", "list", "--json").json
            guard case .array(let views)? = listed["views"], views.count == 1 else { return "\(listed)" }
            return try #require(views[0]["digest"]?.asValue?.text)
        }
    }
}
