/// The regular expressions that exporters write for words: one class of ASCII characters, alone or repeated, or a dot.
///
/// Examples: `[a-zA-Z0-9_]+`, `\w+`, `.`.
struct TokenPattern: Sendable {
    private let ranges: [ClosedRange<Unicode.Scalar>]
    /// Which ASCII characters fit, when no others do.
    private let fitting: [Bool]?
    /// Whether as many characters as fit are taken together.
    private let isRepeated: Bool

    /// Reads a pattern; `nil` for any other expression.
    init?(_ pattern: String) {
        guard let (ranges, isRepeated) = Self.parsed(pattern) else { return nil }
        (self.ranges, self.isRepeated) = (ranges, isRepeated)
        fitting =
            ranges.allSatisfy(\.upperBound.isASCII)
            ? (0..<256).map { byte in byte < 128 && ranges.contains { $0.contains(Unicode.Scalar(UInt8(byte))) } } : nil
    }

    private static func parsed(_ pattern: String) -> (ranges: [ClosedRange<Unicode.Scalar>], isRepeated: Bool)? {
        let isRepeated = pattern.hasSuffix("+")
        let body = isRepeated ? String(pattern.dropLast()) : pattern
        let words: [ClosedRange<Unicode.Scalar>] = ["a"..."z", "A"..."Z", "0"..."9", "_"..."_"]
        switch body {
        case ".": return (["\u{0}"..."\u{9}", "\u{B}"..."\u{10FFFF}"], isRepeated)
        case "\\w": return (words, isRepeated)
        default:
            guard body.hasPrefix("["), body.hasSuffix("]"), let ranges = Self.ranges(body.dropFirst().dropLast()) else {
                return nil
            }
            return (ranges, isRepeated)
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

    /// Adds the parts of a text that match, from left to right, to a list.
    ///
    /// - Parameter shortest: The fewest characters of a part that counts.
    func appendMatches(in text: String, shortest: Int, to words: inout [String]) {
        let isDone: Void? =
            text.utf8.withContiguousStorageIfAvailable { bytes in
                guard let fitting else { return nil }
                appendMatches(in: bytes, fitting, shortest, to: &words)
                return ()
            } ?? nil
        if isDone == nil { words += matches(in: text).filter { $0.unicodeScalars.count >= shortest } }
    }

    /// Finds parts that can only be of ASCII, one byte for each character.
    private func appendMatches(
        in bytes: UnsafeBufferPointer<UInt8>, _ fitting: [Bool], _ shortest: Int, to words: inout [String]
    ) {
        fitting.withUnsafeBufferPointer { fitting in
            var place = 0
            while place < bytes.count {
                let start = place
                while place < bytes.count, fitting[Int(bytes[place])], isRepeated || place == start { place += 1 }
                if place > start, place - start >= shortest {
                    words.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<place]), as: UTF8.self))
                }
                if place == start { place += 1 }
            }
        }
    }

    /// The parts of a text that match, from left to right.
    private func matches(in text: String) -> [String] {
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
