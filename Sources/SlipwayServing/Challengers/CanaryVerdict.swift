import SlipwayMonitoring
import SlipwayRegistry

/// Judges what a canary did against its guard, by tests whose error is bounded at any number of calls.
///
/// Bounds are exact ones of the binomial distribution, so that nothing is assumed but that calls are alike and
/// independent:
/// - Errors: the lower Clopper–Pearson bound of the canary's share of failed calls lies above the upper bound of the
///   champion's by more than the guard allows.
/// - Latency: more of the canary's calls than chance explains (Bin(n, 1 %)) took longer than the guard's multiple of an
///   upper bound of the champion's 99th percentile. That bound is the smallest order statistic that lies below the true
///   percentile with no more than the allowed error (H. David and H. Nagaraja, *Order Statistics*, 2003, section 7.1).
struct CanaryVerdict {
    /// The share of calls that may take longer than the percentile that is compared.
    private static let tail = 0.01

    let guardrail: Guardrail

    /// Why the guard is broken, or `nil` when that is not shown.
    ///
    /// - Parameter level: The error that all of the verdict may have; half of it goes to each of the two parts.
    func reason(champion: CanaryArm, challenger: CanaryArm, level: Double) -> String? {
        errorReason(champion, challenger, level: level / 2) ?? latencyReason(champion, challenger, level: level / 2)
    }

    private func errorReason(_ champion: CanaryArm, _ challenger: CanaryArm, level: Double) -> String? {
        guard let limit = guardrail.errorRateMax else { return nil }
        let low = BinomialDistribution.lowerBound(challenger.failures, of: challenger.calls, level: level / 2)
        // A champion that is hardly called cannot excuse anything.
        let isComparable = champion.calls >= guardrail.callCountMin
        let high =
            isComparable
            ? BinomialDistribution.upperBound(champion.failures, of: champion.calls, level: level / 2) : 0
        guard low - high > limit else { return nil }
        return "errors: \(challenger.failures) of \(challenger.calls) calls failed, of the champion's "
            + "\(champion.failures) of \(champion.calls); more than \(limit) above"
    }

    private func latencyReason(_ champion: CanaryArm, _ challenger: CanaryArm, level: Double) -> String? {
        guard let ratio = guardrail.latencyRatioMax,
            let bound = percentileBound(of: champion.times, level: level / 2)
        else { return nil }
        let slow = challenger.times.count(above: bound * ratio)
        let chance = BinomialDistribution.atLeast(slow, of: challenger.times.total, probability: Self.tail)
        guard chance < level / 2, let own = challenger.p99, let other = champion.p99 else { return nil }
        return
            "latency: \(slow) of \(challenger.times.total) calls took longer than \(ratio) times the champion's p99; "
            + "its p99 is \(Int(own)) us, the champion's \(Int(other)) us"
    }

    /// A time that the champion's true percentile exceeds with the error `level` at most; `nil` for too few calls.
    private func percentileBound(of times: LatencyTally, level: Double) -> Double? {
        let total = times.total
        // At least so many of all times lie below the percentile with a chance that falls with the rank.
        func error(_ rank: Int) -> Double {
            BinomialDistribution.atLeast(rank, of: total, probability: 1 - Self.tail)
        }
        guard total > 0, error(total) <= level else { return nil }
        var (low, high) = (0, total)
        while high - low > 1 {
            let middle = (low + high) / 2
            if error(middle) <= level { high = middle } else { low = middle }
        }
        return times.end(ofRank: high)
    }
}
