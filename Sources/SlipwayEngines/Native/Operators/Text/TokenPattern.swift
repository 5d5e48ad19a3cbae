/// The regular expressions that exporters write for words: one class of ASCII characters, alone or repeated, or a dot.
///
/// Examples: `[a-zA-Z0-9_]+`, `\w+`, `.`.
struct TokenPattern: Sendable {
    private let ranges: [ClosedRange<Unicode.Scalar>]
    /// Whether as many characters as fit are taken together.
    private let isRepeated: Bool

    /// Reads a pattern; `nil` for any other expression.
    init?(_ pattern: String) {
        isRepeated = pattern.hasSuffix("+")
        let body = isRepeated ? String(pattern.dropLast()) : pattern
        let words: [ClosedRange<Unicode.Scalar>] = ["a"..."z", "A"..."Z", "0"..."9", "_"..."_"]
        switch body {
        case ".": ranges = ["\u{0}"..."\u{9}", "\u{B}"..."\u{10FFFF}"]
        case "\\w": ranges = words
        default:
            guard body.hasPrefix("["), body.hasSuffix("]"), let ranges = Self.ranges(body.dropFirst().dropLast()) else {
                return nil
            }
            self.ranges = ranges
        }
    }

    private static func ranges(_ text: Substring) -> [ClosedRange<Unicode.Scalar>]? {
        let scalars = Array(text.unicodeScalars)
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var index = 0
        while index < scalars.count {
            let first = scalars[index]
            guard first.isASCII, !"\\[]^-".unicodeScalars.contains(first) else { return nil }
            if index + 2 < scalars.count, scalars[index + 1] == "-" {
                guard first <= scalars[index + 2] else { return nil }
                ranges.append(first...scalars[index + 2])
                index += 3
            } else {
                ranges.append(first...first)
                index += 1
            }
        }
        return ranges.isEmpty ? nil : ranges
    }

    /// The parts of a text that match, from left to right.
    func matches(in text: String) -> [String] {
        var found: [String] = []
        var current = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let fits = ranges.contains { $0.contains(scalar) }
            if fits { current.append(scalar) }
            if !current.isEmpty, !fits || !isRepeated {
                found.append(String(current))
                current = String.UnicodeScalarView()
            }
        }
        if !current.isEmpty { found.append(String(current)) }
        return found
    }
}
