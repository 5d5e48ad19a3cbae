import Foundation
import SlipwayData
import SlipwayPipelines
import SlipwayTesting
import Testing

struct TrainingRunTests {
    private let folder: TemporaryFolder
    private let snapshot: Snapshot

    init() throws {
        folder = try TemporaryFolder()
        let table = try Table(columns: [Column(name: "n", values: .integers((0..<200).map(Int64.init)))])
        snapshot = try SnapshotFolder(path: folder.path("snapshots")).take(
            table, query: "select n", source: "crm", split: HeldOutSplit(), key: nil)
    }

    private func training(_ script: String, target: String? = nil) -> TrainingRun {
        TrainingRun(
            command: ["sh", "-c", script], folder: folder.path, timeout: .seconds(60), target: target,
            runFolder: folder.path("runs/1"))
    }

    private func failure(_ run: TrainingRun, on snapshot: Snapshot? = nil) async -> PipelineError? {
        do throws(PipelineError) {
            _ = try await run.train(on: snapshot ?? self.snapshot)
            return nil
        } catch {
            return error
        }
    }

    @Test func theProgramReadsTheTrainingRowsAndLeavesTheModel() async throws {
        let script = "cat \"$SLIPWAY_SNAPSHOT\" > \"$SLIPWAY_MODEL_OUTPUT\"; echo \"for $SLIPWAY_TARGET\""
        let result = try await training(script, target: "churned").train(on: snapshot)
        #expect(try Data(contentsOf: URL(fileURLWithPath: snapshot.trainingFile)) == result.model)
        #expect(result.duration > .zero)
        #expect(try folder.text(of: "runs/1/training.log") == "for churned\n")
    }

    @Test func withoutATargetNoneIsTold() async throws {
        let script = "echo \"${SLIPWAY_TARGET-none}\" > \"$SLIPWAY_MODEL_OUTPUT\""
        #expect(try await training(script).train(on: snapshot).model == Data("none\n".utf8))
    }

    @Test func aProgramThatLeavesNoModelIsRefused() async {
        let error = await failure(training("true"))
        #expect(error?.kind == .noResult)
        #expect(error?.message.contains("left no model at \(folder.path("runs/1/model.onnx"))") == true)
        #expect(error?.hint?.contains("SLIPWAY_MODEL_OUTPUT") == true)
    }

    @Test func anEmptyModelIsRefused() async {
        let error = await failure(training(": > \"$SLIPWAY_MODEL_OUTPUT\""))
        #expect(error?.kind == .noResult)
        #expect(error?.message.contains("left an empty file") == true)
    }

    @Test func aModelOfAnEarlierRunDoesNotCount() async throws {
        _ = try await training("echo model > \"$SLIPWAY_MODEL_OUTPUT\"").train(on: snapshot)
        #expect(await failure(training("true"))?.kind == .noResult)
    }

    @Test func aFailedProgramLeavesNoModelEvenIfItWroteOne() async {
        let error = await failure(training("echo half > \"$SLIPWAY_MODEL_OUTPUT\"; echo broke; exit 1"))
        #expect(error?.kind == .programFailed)
        #expect(error?.message.contains("    broke") == true)
    }

    @Test func tooFewRowsAreRefusedBeforeTheProgramRuns() async throws {
        let table = try Table(columns: [Column(name: "n", values: .integers((0..<20).map(Int64.init)))])
        let small = try SnapshotFolder(path: folder.path("snapshots")).take(
            table, query: "select n", source: "crm", split: HeldOutSplit(), key: nil)
        let error = await failure(training("touch \"$SLIPWAY_MODEL_OUTPUT\""), on: small)
        #expect(error?.kind == .tooFewRows)
        #expect(error?.message.contains("\(small.trainingRows) rows to train on and \(small.heldOutRows)") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path("runs")))
    }
}
