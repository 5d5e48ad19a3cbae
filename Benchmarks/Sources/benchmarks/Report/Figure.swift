import Foundation

/// Measured quantities as the tables show them.
enum Figure {
    /// A number with three figures that matter: `0.0123`, `1.23`, `12.3`, `123`, `12,345`.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        if magnitude >= 1_000 { return grouped(Int(value.rounded())) }
        let digits = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : magnitude >= 0.9995 ? 2 : 3
        return String(format: "%.\(digits)f", value)
    }

    /// A ratio with the smallest and largest of the rounds: `2.31x (2.20..2.45)`.
    static func ratio(_ spread: Spread) -> String {
        "\(number(spread.median))x (\(number(spread.minimum))..\(number(spread.maximum)))"
    }

    /// A size in powers of 1,024: `1.23 MiB`.
    static func size(_ byteCount: Int) -> String {
        byteCount < 1 << 20
            ? "\(number(Double(byteCount) / 1024)) KiB" : "\(number(Double(byteCount) / 1_048_576)) MiB"
    }

    /// A number with three figures and a power of ten: `1.23e-7`.
    static func scientific(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return value == 0 ? "0" : "–" }
        return String(format: "%.2e", value).replacing(/e([+-])0*([0-9]+)/) { match in
            "e\(match.output.1 == "-" ? "-" : "")\(match.output.2)"
        }
    }

    private static func grouped(_ count: Int) -> String {
        let digits = Array(String(count.magnitude))
        let text = digits.enumerated().map { index, digit in
            (index > 0 && (digits.count - index).isMultiple(of: 3) ? "," : "") + String(digit)
        }
        return (count < 0 ? "-" : "") + text.joined()
    }
}
