/// A histogram with fixed bounds, as Prometheus reads it: each count must be exact at its bound, and the bounds few.
struct LatencyHistogram {
    /// The upper bounds of the buckets, in seconds: from 50 µs to 5 s.
    static let bounds = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

    private var counts = [Int](repeating: 0, count: bounds.count + 1)
    private var sum = 0.0

    mutating func add(seconds: Double) {
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counts[bucket] += 1
        sum += seconds
    }

    static func += (left: inout LatencyHistogram, right: LatencyHistogram) {
        for index in left.counts.indices { left.counts[index] += right.counts[index] }
        left.sum += right.sum
    }

    /// Adds the samples of one series.
    func write(_ name: String, _ labels: [(name: String, value: String)], to text: inout MetricsText) {
        var total = 0
        for (bound, count) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], counts) {
            total += count
            text.sample("\(name)_bucket", labels + [("le", bound)], total)
        }
        text.sample("\(name)_sum", labels, sum)
        text.sample("\(name)_count", labels, total)
    }
}
