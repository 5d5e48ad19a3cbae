import Foundation
import SlipwayData
import Testing

extension EndToEnd {
    /// A project on a small file system of its own, which is then filled to the last byte.
    @Suite(.serialized, .enabled(if: SmallDisk.isPossible, "only root may mount a small file system"))
    struct FullDiskTests {
        @Test func aPushThatDoesNotFitRegistersNothing() throws {
            try SmallDisk.with { disk, project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                try disk.fill()
                let refusal = try project.refusal(
                    "model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv", "--target", "churn")
                #expect(refusal.contains("full"), "\(refusal)")
                try disk.empty()
                #expect(try project.registryState() == before)
                #expect(project.names(in: ".slipway/packages").count == 1)
                try project.done("model", "push", "other.onnx", "--name", "churn", "--examples", "rows.csv")
            }
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

        @Test func aRetrainingThatDoesNotFitChangesNothing() throws {
            try SmallDisk.with { disk, project in
                try project.promoteGoodModel()
                let before = try project.registryState()
                try disk.fill()
                let refusal = try project.refusal("retrain", "churn")
                #expect(refusal.contains("full"), "\(refusal)")
                try disk.empty()
                #expect(try project.registryState() == before)
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

/// A file system in memory, small enough to be filled.
struct SmallDisk {
    private static let size = "3m"

    private let path: String
    private var filler: String { "\(path)/filler" }

    /// Whether this machine lets the tests mount one.
    static let isPossible: Bool = {
        (try? withTemporaryFolder { folder in
            guard run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", folder]) else { return false }
            return run("umount", [folder])
        }) ?? false
    }()

    /// Runs a body with a project on a small disk.
    static func with(_ body: (SmallDisk, TelcoProject) throws -> Void) throws {
        try withTemporaryFolder { scratch in
            let mount = "\(scratch)/disk"
            try FileManager.default.createDirectory(atPath: mount, withIntermediateDirectories: true)
            #expect(run("mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", mount]))
            defer { _ = run("umount", ["-l", mount]) }
            try TelcoProject.with(at: "\(mount)/telco", scratch: scratch) {
                try body(SmallDisk(path: mount), $0)
            }
        }
    }

    /// Takes every byte that is left.
    func fill() throws {
        let descriptor = open(filler, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 4_096)
        while write(descriptor, block, block.count) > 0 {}
    }

    /// Gives the bytes back.
    func empty() throws { try FileManager.default.removeItem(atPath: filler) }

    private static func run(_ program: String, _ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
