import SlipwayData

/// A source as the project file describes it: with its time limit and its retries.
struct ProjectSource: DataSource {
    /// The pause before the first retry; each further one is twice as long.
    static let pauseFirst = Duration.milliseconds(200)

    let base: any DataSource
    let timeout: Duration
    let retryCount: Int

    /// The name in the project file.
    var name: String { base.name }

    /// The type in the project file.
    var kind: String { base.kind }

    /// Answers a query, again after a pause when the source failed.
    func fetch(_ query: String, limits: FetchLimits) async throws(DataError) -> Table {
        var limits = limits
        limits.timeout = timeout
        var pause = Self.pauseFirst
        for _ in 0..<retryCount {
            do {
                return try await base.fetch(query, limits: limits)
            } catch  where error.kind == .sourceFailed {
                try? await Task.sleep(for: pause)
                pause *= 2
            }
        }
        return try await base.fetch(query, limits: limits)
    }
}
