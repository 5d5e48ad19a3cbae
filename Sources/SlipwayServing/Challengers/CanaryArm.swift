/// What one side of a canary's trial did.
package struct CanaryArm: Equatable, Sendable {
    /// The calls that it was given.
    package private(set) var calls = 0
    /// Those on which the model failed.
    package private(set) var failures = 0
    /// How long the model took for each of the others, answers from the cache left out.
    private(set) var times = LatencyTally()

    /// The time that 99 of 100 calls kept below, in microseconds; `nil` while there are none.
    package var p99: Double? {
        times.total > 0 ? times.end(ofRank: Int((Double(times.total) * 0.99).rounded(.up))) : nil
    }

    mutating func add(_ outcome: CallOutcome) {
        switch outcome {
        case .answered(_, _, let modelTime):
            calls += 1
            if let modelTime { times.add(modelTime) }
        case .failed:
            calls += 1
            failures += 1
        case .refused, .dropped: break
        }
    }

    func since(_ earlier: CanaryArm) -> CanaryArm {
        var difference = self
        difference.calls -= earlier.calls
        difference.failures -= earlier.failures
        difference.times = times.since(earlier.times)
        return difference
    }
}
