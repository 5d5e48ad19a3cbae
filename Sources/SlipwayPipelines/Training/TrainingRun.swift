public import Foundation
import SlipwayData

/// One training: the project's own program turns a snapshot into an ONNX file.
///
/// The program finds in its environment:
/// - `SLIPWAY_SNAPSHOT`: the CSV file with the rows to train on;
/// - `SLIPWAY_SNAPSHOT_PARQUET`: the same rows as a Parquet file, which keeps types and tells empty from missing;
/// - `SLIPWAY_MODEL_OUTPUT`: the path where it leaves the ONNX file;
/// - `SLIPWAY_TARGET`: the name of the target column, where there is one.
public struct TrainingRun: Sendable {
    /// The fewest rows on either side of the split.
    public static let rowCountMin = 10
    /// The largest model file that is taken, in bytes.
    public static let modelByteCountMax = 2 << 30

    /// The trained model and how it came to be.
    public struct Result: Sendable {
        /// The bytes of the ONNX file.
        public var model: Data
        /// How long the program ran.
        public var duration: Duration
    }

    /// The command, the executable first.
    public var command: [String]
    /// The folder in which it runs.
    public var folder: String
    /// How long it may run.
    public var timeout: Duration
    /// The target column.
    public var target: String?
    /// The folder for the run's files.
    public var runFolder: String

    /// Describes a training.
    public init(command: [String], folder: String, timeout: Duration, target: String?, runFolder: String) {
        self.command = command
        self.folder = folder
        self.timeout = timeout
        self.target = target
        self.runFolder = runFolder
    }

    /// Trains on the rows of a snapshot that are not held out.
    ///
    /// - Throws: ``PipelineError``: the program failed, hung, or left no model.
    public func train(on rows: SplitRows) async throws(PipelineError) -> Result {
        guard rows.trainingRows >= Self.rowCountMin, rows.heldOutRows >= Self.rowCountMin else {
            throw PipelineError(
                .tooFewRows,
                "the query gives \(CountText.text(rows.trainingRows)) rows to train on and "
                    + "\(CountText.text(rows.heldOutRows)) to judge by; each must be \(Self.rowCountMin) at least")
        }
        do {
            try FileManager.default.createDirectory(atPath: runFolder, withIntermediateDirectories: true)
        } catch {
            throw PipelineError(.unwritable, "the folder \(runFolder) cannot be made: \(error.localizedDescription)")
        }
        let output = "\(runFolder)/model.onnx"
        // What an earlier run left must not pass for the result of this one.
        try? FileManager.default.removeItem(atPath: output)
        var environment = [
            "SLIPWAY_SNAPSHOT": rows.trainingFile, "SLIPWAY_SNAPSHOT_PARQUET": rows.trainingParquetFile,
            "SLIPWAY_MODEL_OUTPUT": output,
        ]
        environment["SLIPWAY_TARGET"] = target
        let duration = try await LocalRunner().run(
            .init(
                command: command, folder: folder, environment: environment, timeout: timeout,
                logFile: "\(runFolder)/training.log"))
        return Result(model: try model(at: output), duration: duration)
    }

    private func model(at path: String) throws(PipelineError) -> Data {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= Self.modelByteCountMax else {
            throw PipelineError(.noResult, "the model at \(path) is larger than \(Self.modelByteCountMax >> 30) GiB")
        }
        guard size > 0, let data = FileManager.default.contents(atPath: path) else {
            let what = FileManager.default.fileExists(atPath: path) ? "an empty file" : "no model"
            throw PipelineError(
                .noResult, "'\(command.joined(separator: " "))' succeeded but left \(what) at \(path)",
                hint: "The program must write the ONNX file to the path in SLIPWAY_MODEL_OUTPUT.")
        }
        return data
    }
}
