import Foundation

/// Figures as people read them.
enum FigureText {
    /// A number with three significant digits or so: `0.213`, `29`, `1394`.
    static func number(_ number: Double) -> String {
        switch abs(number) {
        case 0: "0"
        case 1e15...: String(format: "%.3g", number)
        case 100...: String(format: "%.0f", number)
        case 10..<100: trimmed(String(format: "%.1f", number))
        case 0.001..<10: trimmed(String(format: "%.3f", number))
        default: String(format: "%.2g", number)
        }
    }

    /// A number with three decimals: `0.213`.
    static func fixed(_ number: Double) -> String { String(format: "%.3f", number) }

    /// A share as percent: `2.1%`.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        if percent > 0, percent < 0.1 { return "<0.1%" }
        return String(format: "%.1f%%", percent)
    }

    /// A p-value: `0.034`, or `<0.001`.
    static func pValue(_ value: Double) -> String {
        value < 0.001 ? "<0.001" : String(format: "%.3f", value)
    }

    /// Microseconds in the unit that fits: `840 us`, `1.25 ms`, `2.1 s`.
    static func duration(microseconds: Double) -> String {
        switch microseconds {
        case ..<1_000: "\(number(microseconds)) us"
        case ..<1_000_000: "\(number(microseconds / 1_000)) ms"
        default: "\(number(microseconds / 1_000_000)) s"
        }
    }

    private static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        let digits = text.reversed().drop { $0 == "0" }
        return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
    }
}
