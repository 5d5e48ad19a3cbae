/// Durations as they are written in a configuration file: a whole number and a unit.
enum DurationText {
    /// The rule in words.
    static let rule = "write a whole number from 1 and a unit, such as 500ms, 2s, 15m, 24h, 7d, or 2w"
    /// The longest duration, in seconds: 3,660 days, ten years.
    static let secondsMax: Int64 = 3_660 * 86_400
    /// The rule in words where any duration will do.
    static let ruleWithLimit = "\(rule), of ten years at most"

    /// Milliseconds in each unit.
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("w", 604_800_000),
    ]

    /// The duration that a text such as `15m` spells; `nil` for other texts, zero, and more than ``secondsMax``.
    static func parse(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int64(digits), count > 0,
            let unit = units.first(where: { $0.suffix == text[digits.endIndex...] })
        else { return nil }
        let (milliseconds, isTooLong) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !isTooLong, milliseconds <= secondsMax * 1_000 else { return nil }
        return .milliseconds(milliseconds)
    }
}
