public import Foundation

/// How dates or times are written, such as `dd.MM.yyyy HH:mm`.
///
/// `yyyy` is a year, `MM`, `dd`, `HH`, `mm`, and `ss` are two digits, and of one letter one or two; `SSS` are
/// milliseconds, `Z` an offset such as `+02:00` or `Z`. Any other character stands for itself, letters within `'`.
public struct DatePattern: Equatable, Sendable {
    private enum Part: Equatable {
        case number(Field, digits: ClosedRange<Int>)
        case offset
        case literal(Character)
    }

    private enum Field: Character {
        case year = "y", month = "M", day = "d", hour = "H", minute = "m", second = "s", millisecond = "S"
    }

    /// The most characters of a pattern.
    static let lengthMax = 100

    /// The pattern as it was written.
    public let text: String
    private let parts: [Part]

    /// Whether it tells a time of the day.
    public var hasTime: Bool { has(.hour) }
    /// Whether it tells the offset from UTC.
    public var hasOffset: Bool { parts.contains(.offset) }

    /// Reads a pattern; `nil` for one without year, month, and day, or with letters that are not known.
    public init?(_ text: String) {
        guard text.count <= Self.lengthMax else { return nil }
        var parts: [Part] = []
        var rest = text[...]
        while let letter = rest.first {
            let run = rest.prefix { $0 == letter }
            rest = rest[run.endIndex...]
            if letter == "'" {
                guard let end = rest.firstIndex(of: "'") else { return nil }
                parts += rest[..<end].map { .literal($0) }
                rest = rest[rest.index(after: end)...]
            } else if letter == "Z" {
                guard run.count == 1 else { return nil }
                parts.append(.offset)
            } else if letter.isASCII && letter.isLetter {
                guard let field = Field(rawValue: letter), let digits = Self.digits(of: field, run.count) else {
                    return nil
                }
                parts.append(.number(field, digits: digits))
            } else {
                parts += run.map { .literal($0) }
            }
        }
        self.text = text
        self.parts = parts
        guard has(.year), has(.month), has(.day), Set(fields).count == fields.count else { return nil }
    }

    /// The day, as `2026-03-01`; `nil` for a text of another form or a day that there is not.
    public func day(_ text: some StringProtocol) -> String? { moment(text).map { String($0.description.prefix(10)) } }

    /// The time in UTC, as `2026-03-01T09:30:00Z`.
    ///
    /// - Parameter zone: Where the clock stands whose time it is, unless the text tells the offset. Of an hour that the
    ///   clock shows twice the first is meant.
    /// - Returns: `nil` for a text of another form, or a time that the clock never showed.
    public func time(_ text: some StringProtocol, in zone: TimeZone) -> String? {
        guard let shown = moment(text) else { return nil }
        guard let moment = hasOffset ? shown : Self.first(of: shown, in: zone) else { return nil }
        let text = moment.description
        return text.hasSuffix(".000Z") ? text.dropLast(5) + "Z" : text
    }

    private var fields: [Field] {
        parts.compactMap { if case .number(let field, _) = $0 { field } else { nil } }
    }

    private func has(_ field: Field) -> Bool { fields.contains(field) }

    private static func digits(of field: Field, _ letters: Int) -> ClosedRange<Int>? {
        switch (field, letters) {
        case (.year, 4): 4...4
        case (.millisecond, 3): 3...3
        case (.year, _), (.millisecond, _): nil
        case (_, 1): 1...2
        case (_, 2): 2...2
        default: nil
        }
    }

    /// What the text says, as if it were in UTC.
    private func moment(_ text: some StringProtocol) -> Timestamp? {
        var numbers: [Field: Int] = [:]
        var offset = "Z"
        var rest = Substring(text)
        for part in parts {
            switch part {
            case .literal(let character):
                guard rest.first == character else { return nil }
                rest = rest.dropFirst()
            case .offset:
                offset = rest.first == "Z" ? "Z" : String(rest.prefix(6))
                rest = rest.dropFirst(offset.count)
            case .number(let field, let digits):
                let run = rest.prefix(digits.upperBound).prefix { $0.isASCII && $0.isNumber }
                guard run.count >= digits.lowerBound, let number = Int(run) else { return nil }
                numbers[field] = number
                rest = rest[run.endIndex...]
            }
        }
        guard rest.isEmpty else { return nil }
        func two(_ field: Field) -> String { Self.padded(numbers[field] ?? 0, to: 2) }
        let day = "\(Self.padded(numbers[.year] ?? 0, to: 4))-\(two(.month))-\(two(.day))"
        let clock = "\(two(.hour)):\(two(.minute)):\(two(.second)).\(Self.padded(numbers[.millisecond] ?? 0, to: 3))"
        return Timestamp("\(day)T\(clock)\(offset)")
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// The first moment at which a clock in a zone shows a time; `nil` where it is put forward over it.
    private static func first(of shown: Timestamp, in zone: TimeZone) -> Timestamp? {
        // The offsets of the days around are all that can hold.
        let offsets = [-1, 1].map { days in
            zone.secondsFromGMT(for: date(shown.adding(milliseconds: days * Timestamp.millisecondsPerDay)))
        }
        let moments = Set(offsets).map { shown.adding(milliseconds: -Int64($0) * 1_000) }
        return moments.sorted().first { moment in
            moment.adding(milliseconds: Int64(zone.secondsFromGMT(for: date(moment))) * 1_000) == shown
        }
    }

    private static func date(_ moment: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1_000)
    }
}
