import Foundation
public import SlipwayData

extension Signature {
    /// A row made of what the fields allow, to show callers; nobody's real row.
    public var exampleRow: [Value] { inputs.map(\.example) }
}

extension InputField {
    /// The first category, else the middle of the range in few digits, else the plainest value that is allowed.
    fileprivate var example: Value {
        guard categories == nil, type == .number || type == .integer, let minimum, let maximum else { return blank }
        // Halves are added, since the sum of two large bounds may be beyond double precision.
        let middle = minimum / 2 + maximum / 2
        guard type == .number else {
            let whole = Int64(exactly: middle.rounded())
            return whole.map { Double($0) >= minimum && Double($0) <= maximum ? .integer($0) : blank } ?? blank
        }
        let short = Self.rounded(middle, toPartOf: maximum - minimum)
        return .number(short >= minimum && short <= maximum ? short : middle)
    }

    /// A number with no more digits than a hundredth of a width asks for.
    private static func rounded(_ number: Double, toPartOf width: Double) -> Double {
        guard width > 0, width.isFinite else { return number }
        let digits = max(0, 2 - Int(log10(width).rounded(.down)))
        // Beyond that many digits a power of ten is not exact, and a number of that size needs none.
        guard digits <= 15 else { return number }
        let scale = pow(10, Double(digits))
        let scaled = (number * scale).rounded() / scale
        return scaled.isFinite ? scaled : number
    }
}
