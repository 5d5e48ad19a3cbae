/// The binomial distribution, and exact bounds of the probability behind a count.
package enum BinomialDistribution {
    /// The probability of at least `count` successes in so many trials.
    ///
    /// I_p(k, n − k + 1) (*NIST Digital Library of Mathematical Functions*, 8.17.5).
    package static func atLeast(_ count: Int, of trials: Int, probability: Double) -> Double {
        guard count > 0 else { return 1 }
        guard count <= trials else { return 0 }
        return BetaFunction.regularized(Double(count), Double(trials - count) + 1, probability)
    }

    /// The lower bound of a probability at a level of error, after so many successes.
    ///
    /// The bound of C. Clopper and E. Pearson (*Biometrika* 26, 1934), one-sided: were the probability no more than the
    /// bound, so many successes would come with a probability of `level` at most.
    package static func lowerBound(_ count: Int, of trials: Int, level: Double) -> Double {
        guard count > 0 else { return 0 }
        return Bisection.root(from: 0, to: 1) { level - atLeast(count, of: trials, probability: $0) }
    }

    /// The upper bound of a probability at a level of error; see ``lowerBound(_:of:level:)``.
    package static func upperBound(_ count: Int, of trials: Int, level: Double) -> Double {
        guard count < trials else { return 1 }
        return 1 - lowerBound(trials - count, of: trials, level: level)
    }
}
