import SlipwayData
import SlipwayModel

/// Rows drawn at random from what a signature allows, the same ones on every run.
///
/// A number with a range is spread evenly over it, one without follows the normal distribution; a field with
/// categories takes each as often as the others; a text without categories is one of a few made-up words. No cell is
/// missing.
struct RandomRows {
    /// The seed.
    static let seed: UInt64 = 20_260_101

    /// The whole numbers that a field without a range takes.
    private static let wholeNumbers: ClosedRange<Int64> = 0...9
    /// The largest magnitude in which every whole number is a `Double`.
    private static let exactMax = 9_007_199_254_740_992.0

    private let fields: [InputField]
    private var random = SplitMix64(seed: seed)

    /// Draws rows for the fields of a signature.
    init(_ signature: Signature) { fields = signature.inputs }

    /// The next row, in the order of the fields.
    mutating func next() -> [Value] { fields.map { cell(of: $0) } }

    private mutating func cell(of field: InputField) -> Value {
        if let categories = field.categories, !categories.isEmpty {
            return categories[Int(random.next() % UInt64(categories.count))]
        }
        switch field.type {
        case .boolean: return .boolean(random.next() % 2 == 0)
        case .integer: return .integer(wholeNumber(in: field))
        case .number: return .number(number(in: field))
        case .string: return .string("word \(random.next() % 10)")
        }
    }

    private mutating func number(in field: InputField) -> Double {
        switch (field.minimum, field.maximum) {
        case (let low?, let high?):
            // Never a sum above the largest number, however wide the range.
            let share = share()
            return min(max(low * (1 - share) + high * share, low), high)
        case (let low?, nil): return low + share()
        case (nil, let high?): return high - share()
        // Twelve shares have the variance 1: near enough to normal, without logarithms.
        case (nil, nil): return (0..<12).reduce(-6.0) { sum, _ in sum + share() }
        }
    }

    private mutating func wholeNumber(in field: InputField) -> Int64 {
        let lowest = field.minimum.map { Int64(min(max($0.rounded(.up), -Self.exactMax), Self.exactMax)) }
        let highest = field.maximum.map { Int64(min(max($0.rounded(.down), -Self.exactMax), Self.exactMax)) }
        let low = lowest ?? min(Self.wholeNumbers.lowerBound, highest ?? 0)
        let high = max(low, highest ?? max(Self.wholeNumbers.upperBound, low))
        return low + Int64(random.next() % UInt64(high - low + 1))
    }

    /// A number in 0..<1.
    private mutating func share() -> Double { Double(random.next() >> 11) * 0x1p-53 }
}
