import Foundation
import SlipwayData
import SlipwayPipelines
import SlipwayTesting
import Testing

struct TrainingRunTests {
    private let project: SnapshotProject
    private let rows: SplitRows
    private var folder: TemporaryFolder { project.folder }

    init() throws {
        project = try SnapshotProject()
        rows = try project.split(Self.rows(200))
    }

    private static func rows(_ count: Int64) throws -> Table {
        try Table(columns: [Column(name: "n", values: .integers(Array(0..<count)))])
    }

    private func training(_ script: String, target: String? = nil) -> TrainingRun {
        TrainingRun(
            command: ["sh", "-c", script], folder: folder.path, timeout: .seconds(600), target: target,
            runFolder: folder.path("runs/1"))
    }

    private func failure(_ run: TrainingRun, on rows: SplitRows? = nil) async -> PipelineError? {
        do throws(PipelineError) {
            _ = try await run.train(on: rows ?? self.rows)
            return nil
        } catch {
            return error
        }
    }

    @Test func theProgramReadsTheTrainingRowsAndLeavesTheModel() async throws {
        let script = "cat \"$SLIPWAY_SNAPSHOT\" > \"$SLIPWAY_MODEL_OUTPUT\"; echo \"for $SLIPWAY_TARGET\""
        let result = try await training(script, target: "churned").train(on: rows)
        #expect(try Data(contentsOf: URL(fileURLWithPath: rows.trainingFile)) == result.model)
        #expect(result.duration > .zero)
        #expect(try folder.text(of: "runs/1/training.log") == "for churned\n")
    }

    @Test func theProgramFindsTheSameRowsAsParquet() async throws {
        let script = "cat \"$SLIPWAY_SNAPSHOT_PARQUET\" > \"$SLIPWAY_MODEL_OUTPUT\""
        let result = try await training(script).train(on: rows)
        #expect(try Data(contentsOf: URL(fileURLWithPath: rows.trainingParquetFile)) == result.model)
    }

    @Test func withoutATargetNoneIsTold() async throws {
        let script = "echo \"${SLIPWAY_TARGET-none}\" > \"$SLIPWAY_MODEL_OUTPUT\""
        #expect(try await training(script).train(on: rows).model == Data("none\n".utf8))
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
        _ = try await training("echo model > \"$SLIPWAY_MODEL_OUTPUT\"").train(on: rows)
        #expect(await failure(training("true"))?.kind == .noResult)
    }

    @Test func aFailedProgramLeavesNoModelEvenIfItWroteOne() async {
        let error = await failure(training("echo half > \"$SLIPWAY_MODEL_OUTPUT\"; echo broke; exit 1"))
        #expect(error?.kind == .programFailed)
        #expect(error?.message.contains("    broke") == true)
    }

    @Test func tooFewRowsAreRefusedBeforeTheProgramRuns() async throws {
        let small = try project.split(Self.rows(20))
        let error = await failure(training("touch \"$SLIPWAY_MODEL_OUTPUT\""), on: small)
        #expect(error?.kind == .tooFewRows)
        #expect(error?.message.contains("\(small.trainingRows) rows to train on and \(small.heldOutRows)") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.path("runs")))
    }
}
