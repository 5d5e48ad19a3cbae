import Foundation

/// A small summary of many numbers that answers questions of rank and can be merged with others.
///
/// This is the sketch of Karnin, Lang, and Liberty, "Optimal quantile approximation in streams" (FOCS 2016). Levels of
/// values hold weight 2^level; a full level is sorted and every second value moves up. Up to ``capacity`` numbers all
/// are kept and every answer is exact. Beyond, a rank is off by less than ``rankErrorBound`` of the count in 99 of 100
/// cases, whatever the order of the numbers.
///
/// The choice between odd and even values comes from a fixed generator, so the same numbers in the same order always
/// give the same sketch.
public struct QuantileSketch: Sendable {
    /// The capacity unless another is asked for, in values.
    public static let capacityDefault = 1_024
    /// The capacities that make sense, in values.
    public static let capacityRange = 8...65_536
    /// The smallest room of a level, in values.
    static let levelCapacityMin = 8

    /// How many numbers are kept without loss; the sketch never holds more than about three times as many.
    public let capacity: Int
    /// How many numbers were added.
    public private(set) var count = 0
    /// The values by level; one at level `h` stands for 2^h numbers.
    private(set) var levels: [[Double]]
    /// How often a level was halved, which seeds the choice of the next halving.
    private(set) var compactionCount: UInt64 = 0
    private var retainedCount = 0
    private var retainedCountMax: Int

    /// Makes an empty sketch; a capacity outside of ``capacityRange`` is brought into it.
    public init(capacity: Int = Self.capacityDefault) {
        self.capacity = min(max(capacity, Self.capacityRange.lowerBound), Self.capacityRange.upperBound)
        levels = [[]]
        retainedCountMax = self.capacity
    }

    /// Makes a sketch from its parts, whose soundness the caller has checked.
    init(capacity: Int, levels: [[Double]], compactionCount: UInt64) {
        self.init(capacity: capacity)
        self.levels = levels.isEmpty ? [[]] : levels
        self.compactionCount = compactionCount
        recount()
        compact()
    }

    /// The part of the count by which a rank may be off: 0 while exact, about 0.0044 at the default capacity.
    ///
    /// The figure is the fit that Apache DataSketches publishes for this scheme: 2.296 / k^0.9021.
    public var rankErrorBound: Double { isExact ? 0 : 2.296 / pow(Double(capacity), 0.9021) }

    /// Whether every number is still there.
    public var isExact: Bool { levels.count == 1 }

    /// Adds a number; one that is not finite is passed over.
    ///
    /// - Complexity: O(log capacity) on average.
    public mutating func add(_ number: Double) {
        guard number.isFinite else { return }
        levels[0].append(number)
        count += 1
        retainedCount += 1
        if retainedCount > retainedCountMax { compact() }
    }

    /// Adds all that another sketch stands for; the smaller capacity decides how exact the result is.
    public mutating func merge(_ other: QuantileSketch) {
        if other.capacity < capacity {
            var smaller = other
            smaller.merge(self)
            self = smaller
            return
        }
        while levels.count < other.levels.count { levels.append([]) }
        for (level, values) in other.levels.enumerated() { levels[level].append(contentsOf: values) }
        compactionCount &+= other.compactionCount
        recount()
        compact()
    }

    private mutating func recount() {
        count = levels.enumerated().reduce(0) { $0 + $1.element.count << $1.offset }
        retainedCount = levels.reduce(0) { $0 + $1.count }
        retainedCountMax = levels.indices.reduce(0) { $0 + room(ofLevel: $1) }
    }

    /// The room of a level: the highest has the whole capacity, each below two thirds of the one above.
    private func room(ofLevel level: Int) -> Int {
        let share = pow(2.0 / 3, Double(levels.count - 1 - level))
        return max(Self.levelCapacityMin, Int((Double(capacity) * share).rounded(.up)))
    }

    /// Halves the lowest full level until all fits.
    private mutating func compact() {
        while retainedCount > retainedCountMax {
            guard let level = levels.indices.first(where: { levels[$0].count >= room(ofLevel: $0) }) else { return }
            if level == levels.count - 1 { levels.append([]) }
            halve(level)
            recount()
        }
    }

    /// Moves every second value of a level up; one of an odd number stays behind.
    private mutating func halve(_ level: Int) {
        var values = levels[level]
        values.sort()
        let leftover = values.count.isMultiple(of: 2) ? nil : values.popLast()
        let offset = nextParity()
        levels[level + 1].append(contentsOf: stride(from: offset, to: values.count, by: 2).map { values[$0] })
        levels[level] = leftover.map { [$0] } ?? []
    }

    /// The next bit of a SplitMix64 sequence.
    private mutating func nextParity() -> Int {
        // The count is all that is stored of the sequence: it says how far the state has come.
        var random = SplitMix64(seed: compactionCount &* SplitMix64.increment)
        compactionCount &+= 1
        return Int(random.next() & 1)
    }
}

extension QuantileSketch: Equatable {
    /// Whether both hold the same values at the same levels; the order of arrival does not count.
    public static func == (left: QuantileSketch, right: QuantileSketch) -> Bool {
        left.capacity == right.capacity && left.count == right.count
            && left.compactionCount == right.compactionCount
            && left.levels.map { $0.sorted() } == right.levels.map { $0.sorted() }
    }
}
