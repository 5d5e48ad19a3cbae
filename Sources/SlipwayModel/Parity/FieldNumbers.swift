import SlipwayData

/// The numbers that a field can hold in the type of its slot, in their order.
///
/// Every number has a place, and the next number has the next place, so that neighbours and middles are found the same
/// way in every precision.
struct FieldNumbers {
    /// The types in which numbers are kept.
    private enum Form {
        case single, double
        case whole(ClosedRange<Int64>)
    }

    private let form: Form

    /// Makes the numbers of a field; `nil` for a field of texts or truth values.
    init?(_ field: InputField) {
        switch field.elementType {
        case .float16, .float32: form = .single
        case .float64: form = .double
        case .string, .bool: return nil
        default: form = .whole(field.elementType.wholeRange ?? Int64.min...Int64.max)
        }
    }

    /// Whether all numbers are whole.
    var areWhole: Bool { if case .whole = form { true } else { false } }

    /// The place of the number nearest to another one; `nil` for NaN.
    func place(of number: Double) -> Int64? {
        guard !number.isNaN else { return nil }
        switch form {
        case .single: return Self.ordered(Int64(Int32(bitPattern: Float(number).bitPattern)), Int64(Int32.min))
        case .double: return Self.ordered(Int64(bitPattern: number.bitPattern), Int64.min)
        case .whole(let range):
            let rounded = number.rounded(.down)
            let whole = Int64(exactly: rounded) ?? (rounded < 0 ? Int64.min : Int64.max)
            return whole.clamped(to: range)
        }
    }

    /// The cell at a place; places beyond the ends give the ends.
    func cell(at place: Int64) -> Value {
        switch form {
        case .single:
            let bits = Self.ordered(place.clamped(to: Self.singleEnds), Int64(Int32.min))
            return .number(Double(Float(bitPattern: UInt32(bitPattern: Int32(truncatingIfNeeded: bits)))))
        case .double:
            let bits = Self.ordered(place.clamped(to: Self.doubleEnds), Int64.min)
            return .number(Double(bitPattern: UInt64(bitPattern: bits)))
        case .whole(let range): return .integer(place.clamped(to: range))
        }
    }

    /// The number before, the number itself, and the number after.
    func neighbours(of number: Double) -> [Value] {
        guard let place = place(of: number) else { return [] }
        return [place, place.saturatingAdding(-1), place.saturatingAdding(1)].map(cell)
    }

    /// Numbers all over the range, in order, between which a column is searched for a boundary.
    var grid: [Int64] {
        let coarse: [Double] = [-1e18, -1e9, -1e6, -1e3, -30, -3, -1, 0, 1, 3, 30, 1e3, 1e6, 1e9, 1e18]
        let extremes: [Double] =
            switch form {
            case .single: [-Double(Float.greatestFiniteMagnitude), Double(Float.greatestFiniteMagnitude)]
            case .double: [-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude]
            case .whole: []
            }
        return Set((coarse + extremes).compactMap(place)).sorted()
    }

    /// Numbers that arithmetic treats in ways of their own.
    var oddities: [Value] {
        switch form {
        case .single: return Self.oddities(of: Float.self).map { .number(Double($0)) }
        case .double: return Self.oddities(of: Double.self).map { .number($0) }
        case .whole(let range):
            let wanted: [Int64] = [
                0, 1, -1, 16_777_217, -16_777_217, 9_007_199_254_740_993,
                range.lowerBound.saturatingAdding(range.lowerBound == .min ? 1 : 0), range.upperBound,
            ]
            return wanted.filter(range.contains).map { .integer($0) }
        }
    }

    private static func oddities<Number: BinaryFloatingPoint>(of type: Number.Type) -> [Number] {
        let positive: [Number] = [
            0, 1, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, .infinity,
        ]
        return positive + positive.map { -$0 }
    }

    /// The places from negative to positive infinity.
    private static let singleEnds: ClosedRange<Int64> = {
        let highest = Int64(Float.infinity.bitPattern)
        return -highest - 1...highest
    }()

    private static let doubleEnds: ClosedRange<Int64> = {
        let highest = Int64(Double.infinity.bitPattern)
        return -highest - 1...highest
    }()

    /// The bits of a float as a number that grows with the float, and back again: negative floats are turned round.
    private static func ordered(_ bits: Int64, _ lowest: Int64) -> Int64 {
        bits >= 0 ? bits : lowest &- bits &- 1
    }
}

extension Int64 {
    /// The number, or the end of a range that it lies beyond.
    fileprivate func clamped(to range: ClosedRange<Int64>) -> Int64 {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }

    /// The sum, or the end of the range that it would leave.
    func saturatingAdding(_ other: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? (other < 0 ? .min : .max) : sum
    }
}
