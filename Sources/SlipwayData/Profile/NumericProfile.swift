/// The distribution of a column's numbers in bounded space.
public struct NumericProfile: Equatable, Sendable {
    /// How many numbers there are.
    public var count: Int { sketch.count }
    /// The smallest number, or `nil` when there is none.
    public private(set) var minimum: Double?
    /// The largest number, or `nil` when there is none.
    public private(set) var maximum: Double?
    /// The arithmetic mean; 0 when there is no number.
    public private(set) var mean = 0.0
    /// The sum of squared deviations from the mean.
    private var squaredDeviationSum = 0.0
    /// The quantiles.
    public private(set) var sketch: QuantileSketch

    /// Makes an empty profile.
    public init(sketchCapacity: Int = QuantileSketch.capacityDefault) {
        sketch = QuantileSketch(capacity: sketchCapacity)
    }

    /// The standard deviation of a sample (divided by n − 1), or `nil` below two numbers.
    public var standardDeviation: Double? {
        count > 1 ? (squaredDeviationSum / Double(count - 1)).squareRoot() : nil
    }

    /// Adds a number by Welford's update; one that is not finite is passed over.
    public mutating func add(_ number: Double) {
        guard number.isFinite else { return }
        sketch.add(number)
        let delta = number - mean
        mean = Self.mean(mean, moving: delta, towards: number, share: 1 / Double(count))
        squaredDeviationSum = Self.bounded(squaredDeviationSum + delta * (number - mean))
        minimum = min(minimum ?? number, number)
        maximum = max(maximum ?? number, number)
    }

    /// Adds all that another profile stands for, by the pairwise update of Chan, Golub, and LeVeque (1979).
    public mutating func merge(_ other: NumericProfile) {
        guard count > 0, other.count > 0 else {
            if count == 0 { self = other }
            return
        }
        let total = count + other.count
        let delta = other.mean - mean
        let share = Double(other.count) / Double(total)
        squaredDeviationSum = Self.bounded(
            squaredDeviationSum + other.squaredDeviationSum + delta * delta * Double(count) * share)
        mean = Self.mean(mean, moving: delta, towards: other.mean, share: share)
        minimum = [minimum, other.minimum].compactMap(\.self).min()
        maximum = [maximum, other.maximum].compactMap(\.self).max()
        sketch.merge(other.sketch)
    }

    /// The mean moved by a share of a difference, also where the difference itself is beyond double precision.
    private static func mean(_ mean: Double, moving delta: Double, towards other: Double, share: Double) -> Double {
        delta.isFinite ? mean + delta * share : mean * (1 - share) + other * share
    }

    /// A sum held within double precision, so that a profile can always be written as JSON.
    private static func bounded(_ sum: Double) -> Double {
        sum.isFinite ? sum : .greatestFiniteMagnitude
    }
}

extension NumericProfile: Codable {
    private enum CodingKeys: String, CodingKey {
        case minimum, maximum, mean
        case squaredDeviationSum = "squared_deviation_sum"
        case sketch
    }

    /// Reads a profile and refuses one whose figures contradict each other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        minimum = try container.decodeIfPresent(Double.self, forKey: .minimum)
        maximum = try container.decodeIfPresent(Double.self, forKey: .maximum)
        mean = try container.decode(Double.self, forKey: .mean)
        squaredDeviationSum = try container.decode(Double.self, forKey: .squaredDeviationSum)
        sketch = try container.decode(QuantileSketch.self, forKey: .sketch)
        guard (minimum != nil) == (count > 0), (maximum != nil) == (count > 0), minimum ?? 0 <= maximum ?? 0,
            mean.isFinite, squaredDeviationSum.isFinite, squaredDeviationSum >= 0
        else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "the figures of a profile do not fit"))
        }
    }

    /// Writes the figures; the count is that of the sketch.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(minimum, forKey: .minimum)
        try container.encodeIfPresent(maximum, forKey: .maximum)
        try container.encode(mean, forKey: .mean)
        try container.encode(squaredDeviationSum, forKey: .squaredDeviationSum)
        try container.encode(sketch, forKey: .sketch)
    }
}
