/// When a query that failed is asked again, if at all.
package struct RetrySchedule {
    /// The attempts that failed.
    package private(set) var failureCount = 0
    private let retryCount: Int

    /// Starts before the first attempt.
    package init(retryCount: Int) { self.retryCount = retryCount }

    /// Takes note of a failure.
    ///
    /// The pauses double from ``ResiliencePolicy/pauseFirst`` to ``ResiliencePolicy/pauseMax``, and each is drawn evenly
    /// from the upper half of its length, so that many who failed together do not come back together.
    ///
    /// - Returns: The pause before the next attempt; `nil` where there is none.
    package mutating func pause(
        after outlook: DataError.Outlook, using numbers: inout some RandomNumberGenerator
    ) -> Duration? {
        failureCount += 1
        guard failureCount <= retryCount, case .passing(let wanted) = outlook else { return nil }
        let doublings = min(failureCount - 1, 30)
        let full = min(ResiliencePolicy.pauseFirst * (1 << doublings), ResiliencePolicy.pauseMax)
        let drawn = full * Double.random(in: 0.5...1, using: &numbers)
        guard let wanted, wanted > drawn else { return drawn }
        return wanted <= ResiliencePolicy.pauseMax ? wanted : nil
    }
}
