import Foundation
import SlipwayData
import SlipwayLoad
import SlipwayModel
import Synchronization

/// Measures what calls of a model cost: one caller or several at once, over the same loaded model.
struct ModelBenchmark {
    /// What the calls of all callers took.
    struct Result: Sendable {
        /// Each call.
        var calls: LatencyQuantiles
        /// From the first call to the end of the last one.
        var elapsed: Duration
    }

    /// How much of the time goes into calls that are not counted, to warm up.
    static let warmUpShare = 0.1

    /// The callers.
    let callers: Int
    /// How long each of them calls, after warming up.
    let duration: Duration

    /// Calls a model with rows of cells, as serving does.
    ///
    /// - Throws: ``ModelError`` of the first call that failed.
    func measure(_ model: Model, rows: BenchmarkRows) throws -> Result {
        try run(callCount: rows.calls.count) { call throws(ModelError) in
            try model.predict(rows: rows.calls[call]).rowCount
        }
    }

    /// Calls the engine alone, with rows already laid out as its tensors.
    ///
    /// - Throws: ``ModelError`` of the first call that failed.
    func measure(_ predictor: any Predictor, inputs: [[String: Tensor]]) throws -> Result {
        try run(callCount: inputs.count) { call throws(ModelError) in try predictor.predict(inputs[call]).count }
    }

    private func run(
        callCount: Int, _ call: @escaping @Sendable (Int) throws(ModelError) -> Int
    ) throws -> Result {
        let outcomes = Mutex<[Swift.Result<LatencyQuantiles, ModelError>]>([])
        try warmUp(callCount: callCount, call)
        let started = ContinuousClock.now
        let running = (0..<callers).map { caller in
            // Each caller begins elsewhere, so that they do not share the rows in the caches.
            let first = caller * callCount / callers
            return start { [duration] in
                let outcome = Self.calls(for: duration, from: first, of: callCount, call)
                outcomes.withLock { $0.append(outcome) }
            }
        }
        for caller in running { caller.wait() }
        let elapsed = ContinuousClock.now - started
        var all = LatencyQuantiles()
        for outcome in outcomes.withLock({ $0 }) { all.merge(try outcome.get()) }
        return Result(calls: all, elapsed: elapsed)
    }

    private func warmUp(callCount: Int, _ call: (Int) throws(ModelError) -> Int) throws {
        _ = try Self.calls(for: duration * Self.warmUpShare, from: 0, of: callCount, call).get()
    }

    /// Makes calls until the time is over, at least one.
    private static func calls(
        for duration: Duration, from first: Int, of callCount: Int, _ call: (Int) throws(ModelError) -> Int
    ) -> Swift.Result<LatencyQuantiles, ModelError> {
        var histogram = LatencyQuantiles()
        var next = first
        var before = ContinuousClock.now
        let end = before + duration
        do throws(ModelError) {
            repeat {
                _ = try call(next)
                let after = ContinuousClock.now
                let (seconds, attoseconds) = (after - before).components
                histogram.add(nanoseconds: UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000))
                before = after
                next = next + 1 < callCount ? next + 1 : 0
            } while before < end
            return .success(histogram)
        } catch {
            return .failure(error)
        }
    }

    /// Starts a caller on a thread of its own: the pool of concurrency has no more threads than the machine has cores.
    private func start(_ body: @escaping @Sendable () -> Void) -> DispatchSemaphore {
        let ended = DispatchSemaphore(value: 0)
        Thread {
            body()
            ended.signal()
        }.start()
        return ended
    }
}
