public import SlipwayData
import SlipwayModel
public import SlipwayMonitoring
import Synchronization

/// The prediction and feedback logs of the models that a server answers for, opened when a model first needs them.
public final class ServingLogs: Sendable {
    private struct State {
        var logs: [String: ModelLogs] = [:]
        /// The models whose last record could not be written.
        var failing: Set<String> = []
        /// When everything was last brought to the disk.
        var synchronised = ContinuousClock.now
    }

    /// The folder of all logs.
    let folder: String
    /// The environment whose models are logged.
    let environment: String
    /// How long, and how much of, the logs are kept.
    let retention: LogRetention
    /// The age from which the logs are compacted; `nil` where they stay as they are written.
    let compactionAge: Duration?
    /// What reads and writes compacted segments; `nil` where nothing does.
    private let parquet: (any ParquetFiles)?

    private let limits: SegmentLimits
    private let now: @Sendable () -> Timestamp
    private let ids: PredictionIDGenerator
    private let state = Mutex(State())

    /// Makes logs below a folder.
    ///
    /// - Parameters:
    ///   - folder: The folder of all logs; see ``SegmentFolder`` for what lies in it.
    ///   - limits: When a log begins a new segment.
    ///   - retention: How long, and how much of, the logs are kept.
    ///   - compactionAge: The age from which they are compacted; `nil` leaves them as they are written.
    ///   - parquet: What reads and writes compacted segments; `nil` where nothing does.
    ///   - now: The clock.
    public init(
        folder: String, environment: String, limits: SegmentLimits = SegmentLimits(),
        retention: LogRetention = LogRetention(), compactionAge: Duration? = nil,
        parquet: (any ParquetFiles)? = nil, now: @escaping @Sendable () -> Timestamp = { .now() }
    ) {
        self.folder = folder
        self.environment = environment
        self.limits = limits
        self.retention = retention
        self.compactionAge = compactionAge
        self.parquet = parquet
        self.now = now
        ids = PredictionIDGenerator(clock: now)
    }

    /// Logs answered rows, and returns their ids once they are written.
    ///
    /// - Parameter storedInputs: The inputs of each row that the serving store gave, where the model's privacy asks.
    ///   - trace: The trace that the call belongs to.
    /// - Throws: ``LogError`` when they could not be written; then nothing of them stays in the log.
    func append(
        _ batch: PredictionBatch, rows: [[Value]], keys: [String?], storedInputs: [Set<Int>], of served: ServedModel,
        latency: Duration, circumstances: AnsweredRows.Circumstances, source: PredictionRecord.Source = .online,
        trace: String? = nil
    ) async throws(LogError) -> [String] {
        var answered = AnsweredRows(
            batch, rows: rows, keys: keys, storedInputs: storedInputs, time: now(),
            latencyMicroseconds: Int(latency / .microseconds(1)), source: source)
        answered.circumstances = circumstances
        answered.trace = trace
        let ids = ids.next(rows.count)
        let lines = try served.lineWriter.lines(of: answered, ids: ids)
        let (logs, isFailing) = try logs(of: served.name)
        do throws(LogError) {
            try await logs.append(lines)
        } catch {
            throw noting(error, of: served.name)
        }
        if isFailing { state.withLock { _ = $0.failing.remove(served.name) } }
        return ids.map(\.description)
    }

    /// Keeps true outcomes.
    func append(_ feedback: [FeedbackRecord], model: String) throws(LogError) {
        let (logs, isFailing) = try logs(of: model)
        do throws(LogError) {
            try logs.append(feedback)
        } catch {
            throw noting(error, of: model)
        }
        if isFailing { state.withLock { _ = $0.failing.remove(model) } }
    }

    /// Tries the log of a model before the first call; a server that cannot log is then not ready from its start on.
    ///
    /// - Throws: ``LogError`` when it cannot be written.
    public func probe(_ model: String) throws(LogError) {
        do throws(LogError) { try segments(of: model).probe() } catch { throw noting(error, of: model) }
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

    /// The bytes of answered rows, over all models, that wait to be written.
    package var waitingByteCount: Int {
        state.withLock { Array($0.logs.values) }.reduce(0) { $0 + $1.waitingByteCount }
    }

    /// Writes what the operating system still holds back to the disk; blocks its thread while it does.
    ///
    /// - Returns: What went wrong, log by log.
    func synchronise() -> [LogError] {
        let logs = state.withLock { Array($0.logs.values) }
        let before = ContinuousClock.now
        let failures = logs.flatMap { $0.synchronise() }
        if failures.isEmpty { state.withLock { $0.synchronised = before } }
        return failures
    }

    /// How long what was written may not have reached the disk, in seconds.
    var secondsSinceSynchronised: Double { (.now - state.withLock { $0.synchronised }) / .seconds(1) }

    /// The time of the clock that records are stamped with.
    var time: Timestamp { now() }

    /// Closes the segments whose time is over, and removes what is not kept; blocks its thread while it does.
    ///
    /// - Parameter now: The time from which ages are counted.
    /// - Returns: What was removed.
    /// - Throws: ``LogError`` when the logs cannot be read or a segment cannot be removed.
    func prune(at now: Timestamp) throws(LogError) -> LogPruning {
        let logs = state.withLock { Array($0.logs.values) }
        if let failure = logs.flatMap({ $0.retire(at: now) }).first { throw failure }
        return try LogPruning(root: folder, environment: environment, keeping: retention, at: now)
    }

    /// Compacts what is old enough; blocks its thread while it does.
    ///
    /// - Parameter now: The time from which ages are counted.
    /// - Returns: What was compacted; `nil` where the logs stay as they are written.
    /// - Throws: ``LogError`` when a log cannot be read or written.
    func compact(at now: Timestamp) throws(LogError) -> LogCompaction? {
        guard let compactionAge, let parquet else { return nil }
        return try LogCompaction(
            root: folder, environment: environment, parquet: parquet, ageMin: compactionAge, at: now)
    }

    /// Remembers that the log of a model could not be written; a record that breaks a limit says nothing of that.
    private func noting(_ error: LogError, of model: String) -> LogError {
        if error.kind != .limitExceeded, error.kind != .overloaded {
            state.withLock { _ = $0.failing.insert(model) }
        }
        return error
    }

    /// The logs of a model, and whether they could not be written the last time.
    private func logs(of model: String) throws(LogError) -> (logs: ModelLogs, isFailing: Bool) {
        do throws(LogError) {
            return try state.withLock { (state) throws(LogError) in
                let isFailing = !state.failing.isEmpty && state.failing.contains(model)
                if let logs = state.logs[model] { return (logs, isFailing) }
                let logs = try ModelLogs(folder: segments(of: model), limits: limits)
                state.logs[model] = logs
                return (logs, isFailing)
            }
        } catch {
            throw noting(error, of: model)
        }
    }

    func segments(of model: String) throws(LogError) -> SegmentFolder {
        try SegmentFolder(root: folder, environment: environment, model: model, parquet: parquet)
    }
}
