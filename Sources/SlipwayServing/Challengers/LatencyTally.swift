import Foundation

/// Counts of times by size, sixteen to each doubling, so that a quantile is known within 4.5 %.
///
/// A guard's verdict takes the difference of two states and an order statistic that surely is an upper bound, which
/// neither the few buckets of ``LatencyHistogram`` can give nor the quantiles of a load test's histogram.
struct LatencyTally: Equatable, Sendable {
    /// The classes to each doubling.
    private static let classesPerDoubling = 16.0
    /// Classes from 1 microsecond to over a minute; shorter and longer times go to the first and the last.
    private static let classCount = 26 * 16

    /// The times of each class.
    private(set) var counts = [Int](repeating: 0, count: classCount)
    /// All times.
    private(set) var total = 0

    mutating func add(_ time: Duration) {
        let microseconds = max(1, time / .microseconds(1))
        counts[min(Self.classCount - 1, Int(log2(microseconds) * Self.classesPerDoubling))] += 1
        total += 1
    }

    /// The microseconds below which the times of a class end.
    static func end(of index: Int) -> Double { exp2(Double(index + 1) / classesPerDoubling) }

    /// The end of the class that holds the time of a rank, counted from 1; `nil` beyond the last.
    func end(ofRank rank: Int) -> Double? {
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen += count
            if seen >= rank { return Self.end(of: index) }
        }
        return nil
    }

    /// The times that are surely longer than so many microseconds.
    func count(above microseconds: Double) -> Int {
        counts.indices.reduce(0) { sum, index in
            // A class begins where the one before ends.
            Self.end(of: index - 1) >= microseconds ? sum + counts[index] : sum
        }
    }

    /// The times that were added since an earlier state.
    func since(_ earlier: LatencyTally) -> LatencyTally {
        var difference = self
        for index in counts.indices { difference.counts[index] -= earlier.counts[index] }
        difference.total -= earlier.total
        return difference
    }
}
