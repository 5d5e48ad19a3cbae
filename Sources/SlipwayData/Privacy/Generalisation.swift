/// How a personal field is made coarser, so that it says less of one person and still tells groups apart.
///
/// To generalise what is generalised already changes nothing.
public enum Generalisation: Hashable, Sendable {
    /// A part of a date.
    public enum DatePart: String, CaseIterable, Sendable {
        case year, month, day

        /// The characters of an ISO 8601 date that tell it.
        var length: Int {
            switch self {
            case .year: 4
            case .month: 7
            case .day: 10
            }
        }
    }

    /// Numbers become the lower end of their interval of this width, which is above 0: with 10, 37 becomes 30.
    case width(Double)
    /// Dates and times that begin as ISO 8601 has them keep their beginning: `2026-03-01` becomes `2026-03`.
    case date(DatePart)
    /// Texts keep their first characters, of which there is at least one: with 2, `10115` becomes `10`.
    case first(Int)

    /// The coarser value; `nil` for one that it says nothing of, such as a text where a number belongs.
    func apply(to value: Value) -> Value? {
        switch self {
        case .width(let width): Self.lowerEnd(of: value, width: width)
        case .date(let part): Self.beginning(of: value, part)
        case .first(let count): .string(String(value.text.prefix(count)))
        }
    }

    /// Whether values of a type can be made coarser so.
    public func fits(_ type: ColumnType) -> Bool {
        switch self {
        case .width: type == .integer || type == .number
        case .date(let part): type == .string || part == .year && type == .integer
        case .first: true
        }
    }

    /// What belongs in a field that is made coarser so, for a message.
    public var wanted: String {
        switch self {
        case .width: "a number"
        case .date(.year): "a date such as 2026 or 2026-03-01"
        case .date(.month): "a date such as 2026-03 or 2026-03-01"
        case .date(.day): "a date such as 2026-03-01"
        case .first: "a text"
        }
    }

    private static func lowerEnd(of value: Value, width: Double) -> Value? {
        switch value {
        case .integer(let whole):
            guard let step = Int64(exactly: width) else { return lowerEnd(of: .number(Double(whole)), width: width) }
            let rest = whole % step
            let (end, isBelowAll) = whole.subtractingReportingOverflow(rest < 0 ? rest + step : rest)
            return .integer(isBelowAll ? .min : end)
        case .number(let number):
            guard number.isFinite else { return nil }
            var steps = (number / width).rounded(.down)
            // Division rounds, so that a lower end itself could fall into the interval below it.
            if (steps + 1) * width <= number { steps += 1 } else if steps * width > number { steps -= 1 }
            return .number(steps * width)
        case .boolean, .string, .missing: return nil
        }
    }

    /// What may stand behind a part of a date.
    private static let separators = Array("-T ".utf8)

    private static func beginning(of value: Value, _ part: DatePart) -> Value? {
        switch value {
        case .integer(let year) where part == .year && (1000...9999).contains(year): return value
        case .string(let text):
            let bytes = Array(text.utf8.prefix(part.length))
            let fits = bytes.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
            }
            guard bytes.count == part.length, fits else { return nil }
            // What follows must be the rest of a date, and not of a longer number.
            guard text.utf8.dropFirst(part.length).first.map(separators.contains) ?? true else { return nil }
            return .string(String(decoding: bytes, as: UTF8.self))
        case .boolean, .integer, .number, .missing: return nil
        }
    }
}
