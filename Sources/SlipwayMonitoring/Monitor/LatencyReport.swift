/// How long answers took, in microseconds; one figure per request.
public struct LatencyReport: Codable, Equatable, Sendable {
    /// The time that half of the requests did not exceed.
    public var p50: Double
    /// The time that 90 of 100 requests did not exceed.
    public var p90: Double
    /// The time that 95 of 100 requests did not exceed.
    public var p95: Double
    /// The time that 99 of 100 requests did not exceed.
    public var p99: Double
    /// The longest time.
    public var maximum: Double

    /// Makes a report.
    public init(p50: Double, p90: Double, p95: Double, p99: Double, maximum: Double) {
        self.p50 = p50
        self.p90 = p90
        self.p95 = p95
        self.p99 = p99
        self.maximum = maximum
    }

    private enum CodingKeys: String, CodingKey {
        case p50, p90, p95, p99
        case maximum = "max"
    }
}
