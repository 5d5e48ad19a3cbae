public import SlipwayData

/// The id of one answered row: a UUID of version 7 (RFC 9562), so that ids sort by time.
///
/// Written in lower case: `0195533f-5c3d-7a41-9e2b-3f1c6d8e9a70`. Ids of other versions are read as well.
public struct PredictionID: Hashable, Comparable, Sendable {
    /// The first eight bytes, the most significant one first.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    /// Makes an id of its bytes.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes an id of version 7.
    ///
    /// - Parameters:
    ///   - time: Milliseconds since 1970, of which 48 bits are kept.
    ///   - sequence: The 12 bits after the time.
    ///   - random: The 62 bits after the variant.
    init(time: Timestamp, sequence: UInt16, random: UInt64) {
        let milliseconds = UInt64(max(0, time.milliseconds)) & 0xFFFF_FFFF_FFFF
        high = milliseconds << 16 | 0x7000 | UInt64(sequence & 0xFFF)
        low = 0x8000_0000_0000_0000 | random >> 2
    }

    /// When the id was made, for ids of version 7.
    public var time: Timestamp? {
        high >> 12 & 0xF == 7 ? Timestamp(milliseconds: Int64(high >> 16)) : nil
    }

    /// Whether the left id sorts first.
    public static func < (left: PredictionID, right: PredictionID) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension PredictionID: LosslessStringConvertible {
    /// The bytes of ``description``.
    static let textByteCount = 36

    private static let digits: StaticString = "0123456789abcdef"
    /// Where the dashes are.
    private static let dashPositions = [8, 13, 18, 23]

    /// The id with its four dashes.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textByteCount) { text in
            if let start = text.baseAddress { write(to: start) }
            return Self.textByteCount
        }
    }

    /// Writes ``description`` in ASCII to memory that holds ``textByteCount`` bytes.
    func write(to text: UnsafeMutablePointer<UInt8>) {
        let digits = Self.digits.utf8Start
        var position = 0
        for index in 0..<16 {
            if index == 4 || index == 6 || index == 8 || index == 10 {
                text[position] = UInt8(ascii: "-")
                position &+= 1
            }
            let half = index < 8 ? high : low
            let byte = UInt8(truncatingIfNeeded: half >> UInt64(56 &- 8 &* (index & 7)))
            text[position] = digits[Int(byte >> 4)]
            text[position &+ 1] = digits[Int(byte & 0xF)]
            position &+= 2
        }
    }

    /// Reads an id in the form of ``description``, in either case.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.textByteCount else { return nil }
        var halves: [UInt64] = [0, 0]
        var count = 0
        for (position, byte) in bytes.enumerated() {
            let isDash = Self.dashPositions.contains(position)
            guard isDash == (byte == UInt8(ascii: "-")) else { return nil }
            if isDash { continue }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else { return nil }
            halves[count / 16] = halves[count / 16] << 4 | UInt64(digit)
            count += 1
        }
        self.init(high: halves[0], low: halves[1])
    }
}

extension PredictionID: Codable {
    /// Reads the text of an id.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = PredictionID(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no prediction id")
        }
        self = id
    }

    /// Writes the text of the id.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
