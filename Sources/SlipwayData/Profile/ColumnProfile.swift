/// What is known of a column without its rows: counts, and the distribution of its values.
///
/// Numbers and whole numbers have a ``numeric`` part, text and truth values a ``categorical`` one.
public struct ColumnProfile: Equatable, Sendable {
    /// The name of the column.
    public let name: String
    /// The type of its cells.
    public let type: ColumnType
    /// How many cells there are, missing ones included.
    public private(set) var count = 0
    /// How many cells hold no value.
    public private(set) var missingCount = 0
    /// How many cells are left out of the distribution because they are infinite or of another type.
    public private(set) var invalidCount = 0
    /// The distribution of numbers; `nil` for text and truth values.
    public private(set) var numeric: NumericProfile?
    /// The distribution of text and truth values (`true`, `false`); `nil` for numbers.
    public private(set) var categorical: CategoryProfile?

    /// Makes an empty profile.
    public init(name: String, type: ColumnType) {
        self.name = name
        self.type = type
        switch type {
        case .integer, .number: numeric = NumericProfile()
        case .boolean, .string: categorical = CategoryProfile()
        }
    }

    /// Profiles a column.
    ///
    /// - Complexity: O(n log k) for k = ``QuantileSketch/capacityDefault``.
    public init(_ column: Column) {
        self.init(name: column.name, type: column.type)
        add(column)
    }

    /// The share of missing cells, or `nil` when there are no cells.
    public var missingShare: Double? { count > 0 ? Double(missingCount) / Double(count) : nil }

    /// Adds one cell.
    public mutating func add(_ value: Value) {
        count += 1
        if value.isMissing {
            missingCount += 1
        } else if numeric != nil {
            guard let number = value.asNumber, number.isFinite else {
                invalidCount += 1
                return
            }
            numeric?.add(number)
        } else {
            let category = category(of: value)
            categorical?.add(category)
        }
    }

    /// Adds all cells of a column.
    public mutating func add(_ column: Column) {
        guard numeric != nil, let numbers = column.asNumbers else {
            for row in 0..<column.count { add(column[row]) }
            return
        }
        for number in numbers { add(.number(number)) }
    }

    /// Adds all that another profile of the column stands for.
    ///
    /// - Throws: ``DataError`` of kind `wrongType` when one holds numbers and the other categories.
    public mutating func merge(_ other: ColumnProfile) throws(DataError) {
        guard (numeric == nil) == (other.numeric == nil) else {
            throw DataError(
                .wrongType, "the profile of '\(name)' (\(type)) cannot be merged with one of type \(other.type)")
        }
        count += other.count
        missingCount += other.missingCount
        invalidCount += other.invalidCount
        if let otherNumeric = other.numeric { numeric?.merge(otherNumeric) }
        if let otherCategorical = other.categorical { categorical?.merge(otherCategorical) }
    }

    private func category(of value: Value) -> String {
        switch (type, value.asNumber) {
        case (.boolean, 0): "false"
        case (.boolean, 1): "true"
        default: value.text
        }
    }
}

extension ColumnProfile: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, type, count
        case missingCount = "missing_count"
        case invalidCount = "invalid_count"
        case numeric, categorical
    }

    /// The largest count that is believed; sums of so many stay far from overflow.
    private static let countMax = 1 << 50

    /// Reads a profile and refuses one whose parts contradict each other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try container.decode(String.self, forKey: .name),
            type: try container.decode(ColumnType.self, forKey: .type))
        count = try container.decode(Int.self, forKey: .count)
        missingCount = try container.decode(Int.self, forKey: .missingCount)
        invalidCount = try container.decode(Int.self, forKey: .invalidCount)
        if numeric != nil { numeric = try container.decode(NumericProfile.self, forKey: .numeric) }
        if categorical != nil { categorical = try container.decode(CategoryProfile.self, forKey: .categorical) }
        let validCount = numeric?.count ?? categorical?.count ?? 0
        guard missingCount >= 0, invalidCount >= 0, missingCount <= count, invalidCount <= count,
            count <= Self.countMax,
            validCount == count - missingCount - invalidCount
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the counts of a profile do not add up"))
        }
    }

    /// Writes the counts and the part that the type has.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(type, forKey: .type)
        try container.encode(count, forKey: .count)
        try container.encode(missingCount, forKey: .missingCount)
        try container.encode(invalidCount, forKey: .invalidCount)
        try container.encodeIfPresent(numeric, forKey: .numeric)
        try container.encodeIfPresent(categorical, forKey: .categorical)
    }
}
