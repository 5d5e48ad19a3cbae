package import SlipwayData

/// The figures of some calls for predictions.
package struct CallFigures: Sendable {
    /// How often something happened, and how long it took altogether.
    package struct Total: Equatable, Sendable {
        /// How often.
        package var count = 0
        /// The time of all of them.
        package var duration = Duration.zero

        mutating func add(_ duration: Duration) {
            count += 1
            self.duration += duration
        }

        static func += (left: inout Total, right: Total) {
            left.count += right.count
            left.duration += right.duration
        }
    }

    /// Calls answered, from their arrival to the answer; by a shadow, for nobody.
    package private(set) var successes = Total()
    /// Calls refused or failed.
    package private(set) var failures = Total()
    /// Those of them that the version failed on.
    package private(set) var ownFailureCount = 0
    /// Runs of the model.
    package private(set) var runs = Total()
    /// Rows predicted and logged.
    package private(set) var rowCount = 0
    /// Calls answered from the cache.
    package private(set) var cachedCount = 0
    /// Calls that a shadow was not shown, because too many waited.
    package private(set) var droppedCount = 0
    /// When a call was last answered.
    package private(set) var lastAnswer: Timestamp?
    /// Calls refused or failed, by the reason.
    private(set) var refusals: [ServingError.Code: Int] = [:]
    private(set) var latencies = LatencyHistogram()

    mutating func add(_ outcome: CallOutcome) {
        switch outcome {
        case .answered(let rowCount, let latency, let modelTime):
            successes.add(latency)
            latencies.add(seconds: latency / .seconds(1))
            self.rowCount += rowCount
            lastAnswer = .now()
            if let modelTime { runs.add(modelTime) } else { cachedCount += 1 }
        case .failed(let code, let latency):
            addRefusal(code, latency)
            ownFailureCount += 1
        case .refused(let code, let latency): addRefusal(code, latency)
        case .dropped: droppedCount += 1
        }
    }

    private mutating func addRefusal(_ code: ServingError.Code, _ latency: Duration) {
        failures.add(latency)
        refusals[code, default: 0] += 1
    }

    static func += (left: inout CallFigures, right: CallFigures) {
        left.successes += right.successes
        left.failures += right.failures
        left.ownFailureCount += right.ownFailureCount
        left.runs += right.runs
        left.rowCount += right.rowCount
        left.cachedCount += right.cachedCount
        left.droppedCount += right.droppedCount
        left.lastAnswer = [left.lastAnswer, right.lastAnswer].compactMap(\.self).max()
        left.refusals.merge(right.refusals, uniquingKeysWith: +)
        left.latencies += right.latencies
    }
}
