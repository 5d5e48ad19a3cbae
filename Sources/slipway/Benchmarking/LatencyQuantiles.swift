/// How long calls took: counts in classes whose width is below one percent of the time they stand for.
///
/// It takes the same memory for any number of calls. A class is a power of two and the seven bits below its highest.
struct LatencyQuantiles: Sendable {
    /// The bits that tell classes of one power of two apart.
    private static let fineBits = 7

    private var counts: [Int]
    /// The number of calls.
    private(set) var count = 0

    /// Makes an empty histogram.
    init() { counts = Array(repeating: 0, count: (65 - Self.fineBits) << Self.fineBits) }

    /// Adds one call.
    mutating func add(nanoseconds: UInt64) {
        counts[Self.index(of: nanoseconds)] += 1
        count += 1
    }

    /// Adds all calls of another histogram.
    mutating func merge(_ other: LatencyQuantiles) {
        for index in counts.indices { counts[index] += other.counts[index] }
        count += other.count
    }

    /// The nanoseconds that the given share of calls did not exceed, to within one percent; `nil` without calls.
    func quantile(_ share: Double) -> Double? {
        guard count > 0 else { return nil }
        let rank = max(1, Int((share * Double(count)).rounded(.up)))
        var seen = 0
        for (index, inClass) in counts.enumerated() {
            seen += inClass
            if seen >= rank { return Self.middle(ofClass: index) }
        }
        return nil
    }

    private static func index(of nanoseconds: UInt64) -> Int {
        let power = UInt64.bitWidth - nanoseconds.leadingZeroBitCount - 1
        guard power > fineBits else { return Int(nanoseconds) }
        let shift = power - fineBits
        return (shift << fineBits) + Int(nanoseconds >> UInt64(shift))
    }

    private static func middle(ofClass index: Int) -> Double {
        let shift = max(0, (index >> fineBits) - 1)
        let lowest = Double(index - (shift << fineBits)) * Double(UInt64(1) << UInt64(shift))
        return lowest + Double((UInt64(1) << UInt64(shift)) - 1) / 2
    }
}
