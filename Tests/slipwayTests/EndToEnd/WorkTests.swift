import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// Workers as processes, on a SQLite store.
    @Suite(.serialized) struct WorkTests {
        @Test func onceDoesWhatIsDueAndNothingASecondTime() throws {
            try Workplace.with { place in
                let first = try place.project.done("work", "--once", "--json").json
                #expect(first["attempts"] == .integer(1), "the refresh is made up for, the batch begins later")
                let second = try place.project.done("work", "--once")
                #expect(second.output == "Nothing was due.\n")
                try place.start("nightly", kind: "score")
                try place.project.done("work", "--once")
                #expect(Set(try place.scoredCustomers()).count == 600)
                let runs = try place.runs()
                #expect(runs.map { $0["state"]?.asValue?.text } == ["done", "done"])
                #expect(runs[0]["result"]?.asValue?.text.hasPrefix("600 rows scored by native") == true)
            }
        }

        @Test func aFailureIsShownTriedAgainAndEndsWithCodeOne() throws {
            try Workplace.with { place in
                let id = try place.start("nightly", kind: "score")
                try FileManager.default.removeItem(atPath: "\(place.project.path)/data/customers.csv")
                let outcome = try place.project.slipway("work", "--once")
                #expect(outcome.status == 1)
                let shown = try place.project.done("run", "show", String(id.prefix(6)), "--json").json
                #expect(shown["state"] == .string("waiting"))
                #expect(shown["error"]?.asValue?.text.contains("customers") == true)
                let cancelled = try place.project.done("run", "cancel", id, "--reason", "enough", "--json").json
                #expect(cancelled["error"] == .string("cancelled by tester: enough"))
                #expect(try place.project.refusal("run", "cancel", id).contains("has ended already"))
                #expect(try place.project.done("run", "retry", id, "--json").json["state"] == .string("waiting"))
                #expect(try place.project.refusal("run", "show", "nothing").contains("there is no run 'nothing'"))
                #expect(try place.project.refusal("run", "start", "weekly").contains("there is no job 'weekly'"))
            }
        }

        @Test func aBatchThatIsCancelledWhileItRunsKeepsNothing() throws {
            try Workplace.with { place in
                try place.project.write("exec sleep 30\n", to: "train.sh")
                let worker = try place.worker()
                let id = try place.start("churn", kind: "retrain")
                try worker.wait(until: "the training runs") {
                    worker.messagesSoFar.contains("job=retrain churn in production run=\(id) [slipway] took a run")
                }
                try place.project.done("run", "cancel", id)
                try worker.wait(until: "the worker sees it") { worker.messagesSoFar.contains("was cancelled") }
                #expect(try place.project.done("model", "list", "churn").output.contains("churn@2") == false)
                try place.end(worker)
            }
        }

        @Test func aWorkerThatIsAskedToEndGivesBackWhatIsNotDone() throws {
            try Workplace.with { place in
                try place.project.write("exec sleep 30\n", to: "train.sh")
                let worker = try place.worker(drain: "1s")
                let id = try place.start("churn", kind: "retrain")
                try worker.wait(until: "the training runs") {
                    worker.messagesSoFar.contains("job=retrain churn in production run=\(id) [slipway] took a run")
                }
                try place.end(worker)
                let shown = try place.project.done("run", "show", id, "--json").json
                #expect(shown["state"] == .string("waiting"))
                #expect(shown["attempts"] == .integer(0))
            }
        }

        @Test(arguments: [1, 2] as [UInt64])
        func whateverIsKilledWhenEachRunIsDoneAndNoRowIsDoubled(seed: UInt64) throws {
            try Workplace.with { place in
                var generator = SeededMoments(seed: seed)
                var workers = [try place.worker(), try place.worker()]
                var started: [String] = []
                for round in 0..<4 {
                    started.append(try place.start("nightly", kind: "score"))
                    if round == 1 { started.append(try place.start("churn", kind: "retrain")) }
                    usleep(generator.microseconds(upTo: 700_000))
                    workers[round % 2].signal(SIGKILL)
                    #expect(try workers[round % 2].wait().isSignalled)
                    workers[round % 2] = try place.worker()
                }
                let runs = try place.waitForTheEnd()
                for id in started {
                    let states = runs.filter { $0["id"] == .string(id) }.map { $0["state"]?.asValue?.text }
                    #expect(states == ["done"])
                }
                #expect(runs.count { $0["kind"] == .string("refresh") } == 1)
                let customers = try place.scoredCustomers()
                #expect(customers.count == 600 && Set(customers).count == 600)
                for worker in workers { try place.end(worker) }
            }
        }
    }
}
