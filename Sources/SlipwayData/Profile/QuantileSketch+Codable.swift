extension QuantileSketch: Codable {
    /// One level with equal values joined, which keeps columns of few values small.
    private struct Level: Codable {
        var values: [Double]
        /// How often each value occurs; left out when each occurs once.
        var counts: [Int]?

        init(_ level: [Double]) {
            values = []
            var counts: [Int] = []
            for value in level.sorted() {
                if let last = values.last, last == value {
                    counts[counts.count - 1] += 1
                } else {
                    values.append(value)
                    counts.append(1)
                }
            }
            self.counts = counts.allSatisfy { $0 == 1 } ? nil : counts
        }
    }

    private enum CodingKeys: String, CodingKey {
        case capacity
        case compactionCount = "compactions"
        case levels
    }

    /// The highest level that a decoded sketch may have; 2^40 numbers are more than any log holds.
    private static let levelCountMax = 40

    /// Reads a sketch and refuses one that no sequence of numbers could have made.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let capacity = try container.decode(Int.self, forKey: .capacity)
        let encoded = try container.decode([Level].self, forKey: .levels)
        func refuse(_ what: String) -> DecodingError {
            .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a quantile sketch \(what)"))
        }
        guard Self.capacityRange.contains(capacity) else { throw refuse("has the capacity \(capacity)") }
        guard encoded.count <= Self.levelCountMax else { throw refuse("has \(encoded.count) levels") }
        var levels: [[Double]] = []
        let roomMax = 4 * capacity + Self.levelCapacityMin * Self.levelCountMax
        for level in encoded {
            let counts = level.counts ?? Array(repeating: 1, count: level.values.count)
            guard counts.count == level.values.count, level.values.allSatisfy(\.isFinite),
                counts.allSatisfy({ (1...roomMax).contains($0) }), counts.reduce(0, +) <= roomMax
            else { throw refuse("has a level whose values and counts do not fit") }
            levels.append(zip(level.values, counts).flatMap { Array(repeating: $0, count: $1) })
        }
        self.init(
            capacity: capacity, levels: levels,
            compactionCount: try container.decode(UInt64.self, forKey: .compactionCount))
    }

    /// Writes the values by level.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(capacity, forKey: .capacity)
        try container.encode(compactionCount, forKey: .compactionCount)
        try container.encode(levels.map(Level.init), forKey: .levels)
    }
}
