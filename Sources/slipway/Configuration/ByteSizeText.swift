/// Sizes as they are written in a configuration file: a whole number and a unit.
enum ByteSizeText {
    /// The rule in words.
    static let rule = "write a whole number from 1 and a unit, such as 64MB, 512MiB, 10GB, or 2TB"
    /// The largest size, in bytes: 1 PB.
    static let byteCountMax = 1_000_000_000_000_000

    /// Bytes in each unit.
    private static let units: [(suffix: String, byteCount: Int)] = [
        ("B", 1), ("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40),
    ]

    /// The bytes that a text such as `10GB` spells; `nil` for other texts, zero, and more than ``byteCountMax``.
    static func parse(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = Int(digits), count > 0,
            let unit = units.first(where: { $0.suffix == text[digits.endIndex...] })
        else { return nil }
        let (byteCount, isTooLarge) = count.multipliedReportingOverflow(by: unit.byteCount)
        return isTooLarge || byteCount > byteCountMax ? nil : byteCount
    }
}
