/// The count, mean, and variance of numbers that come one at a time.
///
/// Updated as B. Welford describes (*Technometrics* 4, 1962), which loses no digits where the mean is far from zero.
public struct Moments: Equatable, Sendable {
    /// The numbers seen.
    public private(set) var count = 0
    /// Their mean; 0 while there are none.
    public private(set) var mean = 0.0
    private var squares = 0.0

    /// Starts without numbers.
    public init() {}

    /// Takes all numbers of a sequence.
    public init(_ numbers: some Sequence<Double>) { for number in numbers { add(number) } }

    /// Takes a number.
    public mutating func add(_ number: Double) {
        count += 1
        let distance = number - mean
        mean += distance / Double(count)
        squares += distance * (number - mean)
    }

    /// The unbiased estimate of the variance; 0 for fewer than two numbers.
    public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

    /// The moments of the numbers times a factor.
    func scaled(by factor: Double) -> Moments {
        var scaled = self
        scaled.mean *= factor
        scaled.squares *= factor * factor
        return scaled
    }
}
