/// When the requests of one worker are due: evenly spaced, and between those of the other workers.
struct LoadSchedule: Sendable, Equatable {
    /// The number of requests.
    let count: Int
    private let start: UInt64
    private let first: Int
    private let stride: Int
    private let nanosecondsApart: Double

    /// Takes every `stride`-th request of a plan, from the `first` on.
    ///
    /// - Parameter start: When the plan's first request is due, in nanoseconds of a steady clock.
    init(_ plan: LoadPlan, start: UInt64, first: Int = 0, stride: Int = 1) {
        self.start = start
        self.first = first
        self.stride = stride
        nanosecondsApart = 1e9 / plan.rate
        count = max(0, (plan.requestCount - first + stride - 1) / stride)
    }

    /// When a request is due, in nanoseconds; reckoned from the start, so that errors do not add up.
    func due(_ index: Int) -> UInt64 { start + UInt64(Double(index * stride + first) * nanosecondsApart) }
}
