/// What came of a call, or of those of its rows that one version was given.
enum CallOutcome {
    /// It was predicted and logged.
    ///
    /// - Parameters:
    ///   - latency: From the arrival of the call to the answer in the log.
    ///   - modelTime: How long the model took; `nil` for an answer from the cache.
    case answered(rowCount: Int, latency: Duration, modelTime: Duration?)
    /// The version failed on it, or had no time for it before its deadline.
    case failed(ServingError.Code, latency: Duration)
    /// It was refused for a reason that the version has no part in.
    case refused(ServingError.Code, latency: Duration)
    /// A shadow was not shown it, because too many waited.
    case dropped
}
