/// What a load test wants to know.
enum LoadTestMode: Equatable, Sendable {
    /// How the server answers at a rate.
    case rate(Double)
    /// The highest rate at which it holds a p99.
    case findRate(from: Double)
    /// How it answers at the expected maximum, and at twice that.
    case double(expectedMax: Double)

    /// The mode's name in reports.
    var name: String {
        switch self {
        case .rate: "rate"
        case .findRate: "find_rate"
        case .double: "double"
        }
    }
}
