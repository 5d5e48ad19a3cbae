import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    struct ChallengerTests {
        private static func mode(_ server: RunningServer) throws -> JSONValue? {
            try server.request("GET", "/models/churn").json["challenger"]?["mode"]
        }

        private static func latestAction(_ project: TelcoProject) throws -> JSONValue? {
            guard case .array(let entries)? = try project.done("model", "audit", "churn", "--json").json["entries"]
            else { return nil }
            return entries.first
        }

        /// The good model as champion, the weak one as the next version, and the features of all customers.
        private static func prepare(_ project: TelcoProject) throws {
            try project.promoteGoodModel()
            try project.done("model", "push", "weak.onnx", "--name", "churn", "--examples", "rows.csv")
            try project.done("data", "replicate", "customers")
        }

        /// Tells what became of the customers whose outcome is known.
        private static func feedBack(_ project: TelcoProject) throws {
            let rows = try CSVReader.table(contentsOf: "\(project.path)/rows.csv")
            let (keys, labels) = (try #require(rows["customer_id"]), try #require(rows["churn"]))
            let outcomes = (0..<rows.rowCount).map { "\(keys[$0].text),\(labels[$0].text)\n" }
            try project.write("customer_id,churn\n" + outcomes.joined(), to: "labels.csv")
            try project.done("feedback", "churn", "--from", "labels.csv")
        }

        /// Asks for every customer whose outcome is known, and gives the version that answered each.
        private static func askForAll(_ project: TelcoProject, _ server: RunningServer) throws -> [Int64] {
            let rows = try CSVReader.table(contentsOf: "\(project.path)/rows.csv")
            let keys = try #require(rows["customer_id"])
            let connection = try HTTPConnection(port: server.port)
            return try (0..<rows.rowCount).map { row in
                let answer = try connection.request("GET", "/models/churn/predict?customer_id=\(keys[row].text)")
                guard answer.status == 200, case .integer(let version)? = try answer.json["version"] else { return 0 }
                return version
            }
        }

        @Test func aShadowIsComparedRowByRowAndPromotedByItsName() throws {
            try TelcoProject.with { project in
                try Self.prepare(project)
                try RunningServer.with(project) { server in
                    try project.done("model", "deploy", "churn@2", "--shadow")
                    try eventually { try Self.mode(server) == .string("shadow") }
                    #expect(Set(try Self.askForAll(project, server)) == [1])
                    let shadow = "model=\"churn\",version=\"2\",role=\"shadow\",protocol=\"rest\",code=\"ok\""
                    try eventually {
                        try server.request("GET", "/metrics").body.contains("slipway_calls_total{\(shadow)} 300\n")
                    }
                }
                try Self.feedBack(project)
                let report = try project.done("monitor", "churn", "--json").json["comparison"]
                #expect(report?["role"] == .string("shadow") && report?["outcomes"]?["challenger"] == .integer(300))
                #expect(report?["accuracy"]?["method"] == .string("mcnemar_exact"))
                #expect(report?["error"]?["method"] == .string("paired_t"))
                // The model that learnt from shuffled labels is surely the worse one.
                #expect((report?["error"]?["p_value"]?.asValue?.asNumber ?? 1) < 0.001)
                let text = try project.done("monitor", "churn").output
                #expect(text.contains("Version 2 in shadow") && text.contains("Both predict the same in"))

                let forced = ["model", "promote", "churn@challenger", "--to", "production", "--force", "--reason", "x"]
                #expect(try project.start(forced).wait().status == 0)
                #expect(try project.done("model", "list", "churn").output.contains("shadow") == false)
            }
        }

        @Test func aCanaryIsStickyAndComesAndGoesUnderLoad() throws {
            try TelcoProject.with { project in
                try Self.prepare(project)
                try RunningServer.with(project) { server in
                    let load = Load(on: server.port, clientCount: 2)
                    try project.done("model", "deploy", "churn@2", "--canary", "40%", "--key", "customer_id")
                    try eventually { try Self.mode(server) == .string("canary") }
                    let first = try Self.askForAll(project, server)
                    let again = try Self.askForAll(project, server)
                    #expect(Set(first) == [1, 2] && again == first)
                    let share = Double(first.count { $0 == 2 }) / Double(first.count)
                    #expect(abs(share - 0.4) < 0.15)
                    try project.done("model", "withdraw", "churn", "--reason", "seen enough")
                    try eventually { try Self.mode(server) == nil }
                    #expect(Set(try Self.askForAll(project, server)) == [1])
                    let result = load.stop()
                    #expect(result.failures == [] && result.answeredIDs.count > 50)
                }
                #expect(try Self.latestAction(project)?["action"] == .string("withdraw"))
            }
        }

        @Test func aCanaryThatFailsIsRolledBackByTheServer() throws {
            try TelcoProject.with { project in
                // The signature takes a contract that no model has seen, and only the strict one fails on it.
                let inputs = "inputs: { contract: { categories: [Month-to-month, One year, Two year, Weekly] } }"
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write(
                    settings.replacing("    target: churn\n", with: "    target: churn\n    \(inputs)\n"),
                    to: "slipway.yaml")
                try project.promoteGoodModel()
                try project.done("model", "push", "strict.onnx", "--name", "churn", "--examples", "rows.csv")
                try RunningServer.with(project) { server in
                    try project.done(
                        "model", "deploy", "churn@2", "--canary", "50%", "--minimum-calls", "20", "--level", "0.05")
                    try eventually { try Self.mode(server) == .string("canary") }
                    let body = #"{"tenure": 3, "monthly_charges": 50, "contract": "Weekly"}"#
                    var statuses: Set<Int> = []
                    try eventually {
                        for _ in 0..<20 {
                            statuses.insert(try server.request("POST", "/models/churn/predict", body: body).status)
                        }
                        return try Self.mode(server) == nil
                    }
                    #expect(statuses == [200])
                    for _ in 0..<20 {
                        let answer = try server.request("POST", "/models/churn/predict", body: body)
                        #expect(answer.status == 200)
                    }
                }
                let entry = try Self.latestAction(project)
                #expect(entry?["action"] == .string("roll_back_challenger"))
                #expect(entry?["actor"] == .string("slipway serve") && entry?["version"] == .integer(2))
                #expect(entry?["reason"]?.asValue?.text.hasPrefix("errors: ") == true)
            }
        }

        @Test func aCanaryWhoseAccuracyFallsIsRolledBackByTheMonitor() throws {
            try TelcoProject.with { project in
                try Self.prepare(project)
                try RunningServer.with(project) { server in
                    try project.done(
                        "model", "deploy", "churn@2", "--canary", "50%", "--key", "customer_id",
                        "--max-accuracy-loss", "0", "--minimum-calls", "50", "--level", "0.2")
                    try eventually { try Self.mode(server) == .string("canary") }
                    _ = try Self.askForAll(project, server)
                    try Self.feedBack(project)
                    let looked = try project.done("monitor", "churn", "--dry-run")
                    #expect(looked.output.contains("The guard is broken: accuracy: "), "\(looked.output)")
                    #expect(try Self.mode(server) == .string("canary"))
                    let judged = try project.done("monitor", "churn")
                    #expect(judged.messages.contains("churn@2 broke its guard and was rolled back."))
                    try eventually { try Self.mode(server) == nil }
                    #expect(try Self.latestAction(project)?["actor"] == .string("slipway monitor"))
                }
            }
        }

        @Test func aVersionThatIsCalledInAnotherWayIsRefusedAndAudited() throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
                let refusal = try project.refusal("model", "deploy", "churn@2", "--shadow")
                #expect(refusal.contains("it reads 'internet_service', which callers do not send"))
                #expect(try Self.latestAction(project)?["action"] == .string("refuse"))
                let wrong = try project.slipway("model", "deploy", "churn@2", "--canary", "0%")
                #expect(wrong.status == 2 && wrong.messages.contains("a share lies above 0%"))
                let key = try project.refusal("model", "deploy", "churn@1", "--canary", "5%", "--key", "custmer_id")
                #expect(key.contains("Did you mean 'customer_id'?"))
            }
        }
    }
}
