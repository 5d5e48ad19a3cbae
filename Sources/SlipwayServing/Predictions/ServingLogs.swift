public import SlipwayData
import SlipwayModel
import SlipwayMonitoring
import Synchronization

/// The prediction and feedback logs of the models that a server answers for.
///
/// Writers are opened when a model first needs one; each owns a segment file of its own.
public final class ServingLogs: Sendable {
    private struct State {
        var predictions: [String: PredictionLogWriter] = [:]
        var feedback: [String: FeedbackLogWriter] = [:]
        /// The models whose last record could not be written.
        var failing: Set<String> = []
    }

    private let folder: String
    private let environment: String
    private let now: @Sendable () -> Timestamp
    private let ids: PredictionIDGenerator
    private let state = Mutex(State())

    /// Makes logs below a folder.
    ///
    /// - Parameter folder: The folder of all logs; see ``SegmentFolder`` for what lies in it.
    public init(
        folder: String, environment: String, now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.folder = folder
        self.environment = environment
        self.now = now
        ids = PredictionIDGenerator()
    }

    /// Logs answered rows, and returns their ids.
    ///
    /// - Throws: ``LogError`` when they could not be written; then nothing of them stays in the log.
    func append(
        _ batch: PredictionBatch, rows: [[Value]], keys: [String?], of served: ServedModel, latency: Duration
    ) throws -> [String] {
        let time = now()
        let names = served.model.signature.inputs.map(\.name)
        let micros = Int(latency / .microseconds(1))
        let records = rows.indices.map { row in
            PredictionRecord(
                id: ids.next(), time: time, model: served.name, version: served.number, row: row,
                key: keys[row], inputs: JSONObject(zip(names, rows[row]).map { (name: $0, value: JSONValue($1)) }),
                outputs: PredictionAnswer.outputs(of: batch, row: row), latencyMicroseconds: micros, source: .online)
        }
        try noting(served.name) { () throws(LogError) in try predictionWriter(of: served.name).append(records) }
        return records.map(\.id.description)
    }

    /// Keeps true outcomes.
    func append(_ feedback: [FeedbackRecord], model: String) throws {
        try noting(model) { () throws(LogError) in try feedbackWriter(of: model).append(feedback) }
    }

    /// Whether the logs can be written, as far as is known; blocks its thread while they could not.
    ///
    /// A model's logs count as broken from a failed append to the next one that succeeds, or until a probe of their
    /// folder succeeds: a server that is sent no requests because of a full disk must find out that it is not full
    /// any more.
    func areWritable() -> Bool {
        let failing = state.withLock { $0.failing }
        let mended = failing.filter { model in (try? segments(of: model).probe()) != nil }
        if !mended.isEmpty { state.withLock { $0.failing.subtract(mended) } }
        return mended.count == failing.count
    }

    /// Remembers whether the log of a model could be written; a record that breaks a limit says nothing of that.
    private func noting(_ model: String, _ append: () throws(LogError) -> Void) throws(LogError) {
        do throws(LogError) {
            try append()
        } catch {
            if error.kind != .limitExceeded { state.withLock { _ = $0.failing.insert(model) } }
            throw error
        }
        state.withLock { _ = $0.failing.remove(model) }
    }

    /// Writes what the operating system still holds back to the disk; blocks its thread while it does.
    ///
    /// - Returns: What went wrong, log by log.
    func synchronise() -> [LogError] {
        let (predictions, feedback) = state.withLock { (Array($0.predictions.values), Array($0.feedback.values)) }
        return predictions.compactMap(Self.failure(ofFlushing:)) + feedback.compactMap(Self.failure(ofFlushing:))
    }

    private static func failure<Record>(ofFlushing writer: SegmentWriter<Record>) -> LogError? {
        do throws(LogError) {
            try writer.sync()
            return nil
        } catch {
            return error
        }
    }

    private func predictionWriter(of model: String) throws(LogError) -> PredictionLogWriter {
        try state.withLock { (state) throws(LogError) in
            if let writer = state.predictions[model] { return writer }
            let writer = try PredictionLogWriter(folder: segments(of: model))
            state.predictions[model] = writer
            return writer
        }
    }

    private func feedbackWriter(of model: String) throws(LogError) -> FeedbackLogWriter {
        try state.withLock { (state) throws(LogError) in
            if let writer = state.feedback[model] { return writer }
            let writer = try FeedbackLogWriter(folder: segments(of: model))
            state.feedback[model] = writer
            return writer
        }
    }

    private func segments(of model: String) throws(LogError) -> SegmentFolder {
        try SegmentFolder(root: folder, environment: environment, model: model)
    }
}
