import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// A project on a small file system of its own, which is then filled to the last byte.
    @Suite(.serialized, .enabled(if: SmallDisk.isPossible, "only root may mount a small file system"))
    struct FullDiskTests {
        @Test(arguments: roomInKiB)
        func aPushThatDoesNotFitRegistersNothing(room: Int) throws {
            try SmallDisk.with { disk, project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                try disk.fill(leaving: room << 10)
                let push = ["model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv"]
                let outcome = try project.start(push).wait()
                try disk.empty()
                if outcome.status == 0 {
                    try project.done("model", "check", "churn@2")
                } else {
                    #expect(outcome.status == 1 && !outcome.isSignalled)
                    #expect(Self.saysDiskIsFull(outcome.messages), "\(outcome.messages)")
                    #expect(try project.registryState().prefix(2) == before.prefix(2))
                    #expect(project.names(in: ".slipway/packages").allSatisfy { !$0.hasPrefix(".") })
                }
                let again = try project.start(push + ["--json"]).wait()
                #expect(try again.json["version"] == .integer(2))
            }
        }

        /// From no room at all to enough for everything; the registry alone needs some to be opened.
        private static let roomInKiB = [0, 32, 36, 40, 44, 48, 56, 64, 80, 96, 128, 512]

        private static func saysDiskIsFull(_ messages: String) -> Bool {
            messages.contains("is full") || messages.contains("free space")
        }

        @Test func scoresThatDoNotFitLeaveTheOldOnes() throws {
            try SmallDisk.with { disk, project in
                try project.write("the old result\n", to: "out.csv")
                try disk.fill()
                let refusal = try project.refusal("score", "good.onnx", "--from", "rows.csv", "--to", "out.csv")
                #expect(refusal.contains("the disk is full"), "\(refusal)")
                #expect(project.text(of: "out.csv") == "the old result\n")
                try disk.empty()
                let names = project.names(in: ".")
                try project.done("score", "good.onnx", "--from", "rows.csv", "--to", "out.csv")
                #expect(project.names(in: ".") == names)
            }
        }

        @Test func aReplicationThatDoesNotFitLeavesTheRowsThatServe() throws {
            try SmallDisk.with { disk, project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { server in
                    let rows = try #require(project.text(of: "data/customers.csv"))
                    try project.write(rows.replacing("DSL", with: "Fiber"), to: "data/customers.csv")
                    try disk.fill()
                    let refusal = try project.refusal("data", "replicate", "customers")
                    #expect(refusal.contains("full"), "\(refusal)")
                    try disk.empty()
                    #expect(try server.prediction(customer: 1003)["prediction"] != nil)
                    let again = try project.done("data", "replicate", "customers", "--json").json
                    #expect(again["rows"] == .integer(600))
                }
            }
        }

        @Test(arguments: [0, 4, 8, 16, 32, 64])
        func aSnapshotThatDoesNotFitIsNotThere(room: Int) throws {
            try SmallDisk.with { disk, project in
                try project.done("data", "snapshot", "customers")
                let rows = try #require(project.text(of: "data/customers.csv"))
                try project.write(rows.replacing("DSL", with: "Fiber"), to: "data/customers.csv")
                try disk.fill(leaving: room << 10)
                let outcome = try project.slipway("data", "snapshot", "customers")
                try disk.empty()
                let listed = try project.done("data", "list", "customers", "--json").json
                guard case .array(let snapshots)? = listed["snapshots"] else { return #expect(Bool(false)) }
                if outcome.status == 0 {
                    #expect(snapshots.count == 2)
                } else {
                    #expect(outcome.status == 1 && !outcome.isSignalled)
                    let isSaid = Self.saysDiskIsFull(outcome.messages) || outcome.messages.contains("No space left")
                    #expect(isSaid, "\(outcome.messages)")
                }
                try project.done("data", "verify")
                try project.done("data", "snapshot", "customers")
                #expect(project.names(in: ".slipway/snapshots/customers").count == 4)
            }
        }

        @Test(arguments: roomInKiB)
        func aRetrainingThatDoesNotFitKeepsTheChampion(room: Int) throws {
            try SmallDisk.with { disk, project in
                try project.promoteGoodModel()
                try disk.fill(leaving: room << 10)
                let outcome = try project.slipway("retrain", "churn")
                try disk.empty()
                if outcome.status == 0 {
                    try project.done("model", "check", "churn@2")
                } else {
                    #expect(outcome.status == 1 && !outcome.isSignalled)
                    let isSaid = Self.saysDiskIsFull(outcome.messages) || outcome.messages.contains("No space left")
                    #expect(isSaid, "\(outcome.messages)")
                    let champion = try project.done("model", "show", "churn", "--json").json["version"]
                    #expect(champion == .integer(1))
                    let kept = project.names(in: ".slipway/packages") + project.names(in: ".slipway/snapshots")
                    #expect(kept.allSatisfy { !$0.hasPrefix(".") })
                }
                try project.done("retrain", "churn")
            }
        }

        @Test func aPredictionThatCannotBeLoggedIsNotAnswered() throws {
            try SmallDisk.with { disk, project in
                try project.promoteGoodModel()
                try project.done("data", "replicate", "customers")
                try RunningServer.with(project) { server in
                    let path = "/models/churn/predict?customer_id=1003"
                    #expect(try server.request("GET", path).status == 200)
                    try disk.fill()
                    var failure: HTTPConnection.Answer?
                    var answered = 1
                    // What was allotted to the log already still takes some records.
                    for _ in 0..<2_000 where failure == nil {
                        let answer = try server.request("GET", path)
                        if answer.status == 200 { answered += 1 } else { failure = answer }
                    }
                    #expect(failure?.status == 503, "\(failure?.body ?? "all were answered")")
                    #expect(try failure?.json["error"]?["code"] != nil)
                    try disk.empty()
                    #expect(try server.request("GET", path).status == 200)
                    let exported = try project.done("log", "export", "churn", "--to", "log.jsonl", "--json").json
                    #expect(exported["records"] == .integer(Int64(answered + 1)))
                    #expect(exported["corrupt_lines"] == .integer(0))
                }
            }
        }
    }
}
