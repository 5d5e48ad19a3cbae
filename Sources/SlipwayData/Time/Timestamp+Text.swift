extension Timestamp: CustomStringConvertible, LosslessStringConvertible {
    /// The moment by RFC 3339, such as `2026-03-01T09:30:00.125Z`.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.textByteCount) { text in
            if let start = text.baseAddress { write(to: start) }
            return Self.textByteCount
        }
    }

    /// The bytes of ``description``, whatever the moment.
    package static let textByteCount = 24

    /// Writes ``description`` in ASCII to memory that holds ``textByteCount`` bytes.
    package func write(to text: UnsafeMutablePointer<UInt8>) {
        let fields = fields
        Self.write(fields.year, digits: 4, before: "-", to: text)
        Self.write(fields.month, digits: 2, before: "-", to: text + 5)
        Self.write(fields.day, digits: 2, before: "T", to: text + 8)
        Self.write(fields.hour, digits: 2, before: ":", to: text + 11)
        Self.write(fields.minute, digits: 2, before: ":", to: text + 14)
        Self.write(fields.second, digits: 2, before: ".", to: text + 17)
        Self.write(fields.millisecond, digits: 3, before: "Z", to: text + 20)
    }

    private static func write(
        _ number: Int64, digits: Int, before mark: Unicode.Scalar, to text: UnsafeMutablePointer<UInt8>
    ) {
        var rest = number
        for index in stride(from: digits - 1, through: 0, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        text[digits] = UInt8(ascii: mark)
    }

    /// The moment without separators, such as `20260301T093000125Z`, for names of files that sort by time.
    package var compactText: String { String(description.filter { $0 != "-" && $0 != ":" && $0 != "." }) }

    /// Reads a moment by RFC 3339, with any offset and any number of decimals; digits beyond milliseconds are dropped.
    public init?(_ text: String) {
        var scanner = TimeScanner(bytes: Array(text.utf8))
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), scanner.skip("Tt "), let hour = scanner.digits(2), scanner.skip(":"),
            let minute = scanner.digits(2), scanner.skip(":"), let second = scanner.digits(2),
            let millisecond = scanner.fraction(), let offset = scanner.offsetMinutes(), scanner.isAtEnd,
            (1...12).contains(month), (1...Self.dayCount(year: year, month: month)).contains(day),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let minutes = days * 1440 + hour * 60 + minute - offset
        self.init(milliseconds: (minutes * 60 + second) * 1000 + millisecond)
    }

    /// Reads a moment in the form that names of segments have.
    package init?(compactText text: String) {
        let parts = Array(text)
        guard parts.count == 19, parts.allSatisfy(\.isASCII) else { return nil }
        let date = "\(String(parts[0..<4]))-\(String(parts[4..<6]))-\(String(parts[6..<8]))"
        let time = "\(String(parts[9..<11])):\(String(parts[11..<13])):\(String(parts[13..<15]))"
        self.init("\(date)\(parts[8])\(time).\(String(parts[15..<19]))")
    }
}

extension Timestamp: Codable {
    /// Reads RFC 3339 text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let moment = Timestamp(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no RFC 3339 time")
        }
        self = moment
    }

    /// Writes RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Reads the parts of a time from left to right.
private struct TimeScanner {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ choices: String) -> Bool {
        guard position < bytes.count, choices.utf8.contains(bytes[position]) else { return false }
        position += 1
        return true
    }

    mutating func digit() -> Int64? {
        guard position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) else {
            return nil
        }
        position += 1
        return Int64(bytes[position - 1] - UInt8(ascii: "0"))
    }

    mutating func digits(_ count: Int) -> Int64? {
        var number: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            number = number * 10 + digit
        }
        return number
    }

    mutating func fraction() -> Int64? {
        guard skip(".") else { return 0 }
        guard let first = digit() else { return nil }
        var milliseconds = first * 100
        var unit: Int64 = 10
        while let digit = digit() {
            milliseconds += digit * unit
            unit /= 10
        }
        return milliseconds
    }

    mutating func offsetMinutes() -> Int64? {
        if skip("Zz") { return 0 }
        let isWest = position < bytes.count && bytes[position] == UInt8(ascii: "-")
        guard skip("+-"), let hours = digits(2), skip(":"), let minutes = digits(2), hours < 24, minutes < 60 else {
            return nil
        }
        return (hours * 60 + minutes) * (isWest ? -1 : 1)
    }
}
