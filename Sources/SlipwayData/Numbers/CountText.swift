/// Counts as people read them, with the thousands apart.
public enum CountText {
    /// A whole number: `7,043`.
    public static func text(_ count: Int) -> String {
        let digits = Array(String(count.magnitude))
        let grouped = digits.enumerated().map { index, digit in
            let isGroupEnd = index > 0 && (digits.count - index).isMultiple(of: 3)
            return (isGroupEnd ? "," : "") + String(digit)
        }
        return (count < 0 ? "-" : "") + grouped.joined()
    }

    /// A count with its noun: `1 row`, `12,000 rows`.
    public static func text(_ count: Int, _ noun: String) -> String {
        "\(text(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}
