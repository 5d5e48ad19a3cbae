import Foundation
import SlipwayData
import SlipwayTesting
import Testing

extension EndToEnd {
    /// Two servers and two workers in two folders, which share a PostgreSQL and nothing else.
    @Suite(.serialized) struct TwoMachinesTests {
        @Test func whatIsPushedAndPromotedOnOneMachineIsServedOnTheOther() throws {
            try Workplace.withTwoMachines { first, second in
                try first.project.promoteGoodModel()
                try second.project.done("model", "check", "churn@1")
                let servers = [try RunningServer(first.project), try RunningServer(second.project)]
                let record = #"{"customer_id":1003,"tenure":5,"contract":"One year","monthly_charges":20.5}"#
                for server in servers {
                    let answer = try server.request("POST", "/models/churn/predict", body: record)
                    #expect(answer.status == 200, "\(answer.body)")
                }
                try first.project.done(
                    "model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv", "--target", "churn")
                try first.project.done(
                    "model", "promote", "churn@2", "--to", "production", "--force", "--reason", "a test")
                let end = Date(timeIntervalSinceNow: 300)
                var version: JSONValue?
                repeat {
                    usleep(50_000)
                    version = try servers[1].request("POST", "/models/churn/predict", body: record).json["version"]
                } while version != .integer(2) && Date() < end
                #expect(version == .integer(2))
                #expect(second.project.names(in: ".slipway/packages") == first.project.names(in: ".slipway/packages"))
                for server in servers { try first.end(server.process) }
            }
        }

        @Test(arguments: [1, 2] as [UInt64])
        func whateverIsKilledWhenEachRunIsDoneAndNoRowIsDoubled(seed: UInt64) throws {
            try Workplace.withTwoMachines { first, second in
                try first.project.promoteGoodModel()
                let places = [first, second]
                var moments = SeededMoments(seed: seed)
                var workers = try places.map { try $0.worker() }
                var servers = try places.map { try RunningServer($0.project) }
                var started: [String] = []
                for round in 0..<4 {
                    started.append(try places[round % 2].start("nightly", kind: "score"))
                    if round == 1 { started.append(try first.start("churn", kind: "retrain")) }
                    if round == 2 { started.append(try second.start("customers", kind: "refresh")) }
                    usleep(moments.microseconds(upTo: 700_000))
                    let killed = [workers[round % 2], servers[round % 2].process]
                    for process in killed.prefix(round < 2 ? 1 : 2) {
                        process.signal(SIGKILL)
                        #expect(try process.wait().isSignalled)
                    }
                    workers[round % 2] = try places[round % 2].worker()
                    if round >= 2 { servers[round % 2] = try RunningServer(places[round % 2].project) }
                }
                let runs = try first.waitForTheEnd()
                for id in started {
                    let states = runs.filter { $0["id"] == .string(id) }.map { $0["state"]?.asValue?.text }
                    #expect(states == ["done"])
                }
                let scheduled = runs.filter { $0["origin"] == .string("schedule") }
                #expect(scheduled.count == 1, "the refresh that was due before anybody knew of it, made once by four")
                let customers = try first.scoredCustomers()
                #expect(customers.count == 600 && Set(customers).count == 600)
                for server in servers {
                    let answer = try server.request("GET", "/models/churn/predict?customer_id=1003")
                    #expect(answer.status == 200, "\(answer.body)")
                }
                let end = Date(timeIntervalSinceNow: 300)
                var metrics = ""
                repeat {
                    usleep(200_000)
                    metrics = try servers[0].request("GET", "/metrics").body
                } while !metrics.contains(#"slipway_runs{kind="score",job="nightly",state="done"} 4"#) && Date() < end
                #expect(metrics.contains(#"slipway_runs{kind="score",job="nightly",state="done"} 4"#))
                #expect(metrics.contains(#"slipway_scheduler_lag_seconds{store="registry"} 0"#))
                for process in workers + servers.map(\.process) { try first.end(process) }
            }
        }

        @Test func aWorkerWhoseStoreIsAwayGoesOnWhenItIsBack() throws {
            let server = try PostgreSQLServer()
            try TelcoProject.with { project in
                var project = project
                project.environment["STORE"] = server.url
                let settings = try #require(project.text(of: "slipway.yaml"))
                try project.write("store: \"${STORE}\"\n" + settings, to: "slipway.yaml")
                try project.write("sleep 3; cp good.onnx \"$SLIPWAY_MODEL_OUTPUT\"\n", to: "train.sh")
                let worker = try project.start(["work", "--lease", "1m"])
                try worker.wait(until: "the worker works") { worker.outputSoFar.contains("\n") }
                try project.done("run", "start", "churn")
                try worker.wait(until: "the training runs") { worker.messagesSoFar.contains("took a run") }
                try server.stop()
                usleep(1_000_000)
                try server.startAgain()
                try worker.wait(until: "the run is done") { worker.messagesSoFar.contains("did a run") }
                let shown = try project.done("run", "list", "--json").output
                #expect(shown.contains(#""attempts": 1"#) && shown.contains(#""state": "done""#), "\(shown)")
                worker.signal(SIGTERM)
                #expect(try worker.wait().status == 0)
            }
        }
    }
}
