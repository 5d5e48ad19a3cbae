/// How often each category of a column occurs, in bounded space.
///
/// Up to ``categoryCountMax`` different categories are counted exactly. Beyond, the rarest move into ``otherCount``
/// now and then, so that counts of the frequent ones are at most a little low.
public struct CategoryProfile: Equatable, Sendable {
    /// A category and how often it occurs.
    public struct Category: Equatable, Sendable {
        /// The category as text.
        public var name: String
        /// How often it occurs.
        public var count: Int

        /// Makes a category.
        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// The most categories that are told apart in the end.
    public static let categoryCountMax = 1_000
    /// The bytes of text after which a category is cut.
    public static let nameByteCountMax = 256

    private var counts: [String: Int] = [:]
    private var prunedCount = 0
    /// How many values there are.
    public private(set) var count = 0

    /// Makes an empty profile.
    public init() {}

    /// The categories, most frequent first and equal ones by name; at most ``categoryCountMax``.
    ///
    /// - Complexity: O(n log n) for n categories.
    public var categories: [Category] { Array(sorted.prefix(Self.categoryCountMax)) }

    /// How many values belong to none of ``categories``.
    public var otherCount: Int { count - categories.reduce(0) { $0 + $1.count } }

    /// How often a category occurs; 0 when it was not seen, or seen too rarely to be told apart.
    public func count(of name: String) -> Int { counts[Self.cut(name)] ?? 0 }

    /// Adds one value.
    ///
    /// - Complexity: O(1) on average.
    public mutating func add(_ name: String) { add(name, times: 1) }

    /// Adds all that another profile stands for.
    public mutating func merge(_ other: CategoryProfile) {
        for category in other.sorted { add(category.name, times: category.count) }
        prunedCount += other.prunedCount
        count += other.prunedCount
    }

    private mutating func add(_ name: String, times: Int) {
        counts[Self.cut(name), default: 0] += times
        count += times
        if counts.count > 2 * Self.categoryCountMax { prune() }
    }

    /// Moves all but the most frequent categories into the pruned ones.
    private mutating func prune() {
        let kept = categories
        counts = Dictionary(uniqueKeysWithValues: kept.map { ($0.name, $0.count) })
        prunedCount = count - kept.reduce(0) { $0 + $1.count }
    }

    private var sorted: [Category] {
        counts.map { Category(name: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }

    private static func cut(_ name: String) -> String {
        guard name.utf8.count > nameByteCountMax else { return name }
        let bytes = name.utf8
        var end = bytes.index(bytes.startIndex, offsetBy: nameByteCountMax)
        while UTF8.isContinuation(bytes[end]) { end = bytes.index(before: end) }
        return String(Substring(bytes[..<end]))
    }
}

extension CategoryProfile: Codable {
    private enum CodingKeys: String, CodingKey {
        case categories, counts
        case otherCount = "other_count"
    }

    /// The largest count that is believed; sums of so many stay far from overflow.
    private static let countMax = 1 << 50

    /// Reads the categories with their counts.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let names = try container.decode([String].self, forKey: .categories)
        let counts = try container.decode([Int].self, forKey: .counts)
        prunedCount = try container.decode(Int.self, forKey: .otherCount)
        guard names.count == counts.count, names.count <= Self.categoryCountMax, Set(names).count == names.count,
            counts.allSatisfy({ (1...Self.countMax).contains($0) }), (0...Self.countMax).contains(prunedCount)
        else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "the categories of a profile and their counts do not fit"))
        }
        self.counts = Dictionary(uniqueKeysWithValues: zip(names, counts))
        count = counts.reduce(prunedCount, +)
    }

    /// Writes ``categories`` and ``otherCount``.
    public func encode(to encoder: any Encoder) throws {
        let categories = categories
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(categories.map(\.name), forKey: .categories)
        try container.encode(categories.map(\.count), forKey: .counts)
        try container.encode(otherCount, forKey: .otherCount)
    }
}
