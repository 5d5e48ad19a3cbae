import Foundation

/// What the library says of a failure, in words for the user of a model.
struct RuntimeMessage: Equatable {
    /// The longest text of the library that goes into a message, in characters.
    static let lengthMax = 400

    /// One sentence or more.
    let text: String
    /// What to do about it, where that is known.
    let hint: String?

    /// Cuts the places and signatures of the library's own source out of its text.
    init(_ raw: String) {
        if let name = Self.missingLocale(in: raw) {
            text = "ONNX Runtime needs the locale \(name) to split text, which this system does not have"
            hint = "Install the package locales and generate \(name)."
        } else {
            text = "ONNX Runtime refused: \(Self.withoutSourcePlaces(raw).prefix(Self.lengthMax))"
            hint = nil
        }
    }

    private static func missingLocale(in raw: String) -> String? {
        guard raw.contains("Failed to construct locale"), let start = raw.range(of: "name:")?.upperBound else {
            return nil
        }
        let name = raw[start...].prefix { $0 != ":" && !$0.isWhitespace }
        return name.isEmpty ? nil : String(name)
    }

    private static func withoutSourcePlaces(_ raw: String) -> String {
        let words = raw.split(whereSeparator: \.isWhitespace)
        var kept: [Substring] = []
        var index = 0
        while index < words.count {
            if isSourcePlace(words[index]) {
                index = endOfSignature(in: words, from: index + 1)
            } else {
                kept.append(words[index])
                index += 1
            }
        }
        return kept.joined(separator: " ")
    }

    /// Whether a word ends in a line of a C++ file, such as `/src/core/model.cc:340`.
    private static func isSourcePlace(_ word: Substring) -> Bool {
        let parts = word.split(separator: ":")
        return zip(parts, parts.dropFirst()).contains { file, line in
            line.first?.isNumber == true && [".cc", ".h", ".cpp", ".hpp"].contains { file.hasSuffix($0) }
        }
    }

    /// The first word after a C++ function signature, or the start itself where none stands.
    private static func endOfSignature(in words: [Substring], from start: Int) -> Int {
        var depth = 0
        var isQualified = false
        for index in start..<words.count {
            // A return type has few words; anything longer is the message.
            guard depth > 0 || index < start + 6 else { return start }
            isQualified = isQualified || words[index].contains("::")
            let opened = words[index].count { $0 == "(" }
            depth += opened - words[index].count { $0 == ")" }
            guard depth <= 0, opened > 0 || words[index].contains(")") else { continue }
            guard isQualified else { return start }
            return index + 1 < words.count && words[index + 1] == "const" ? index + 2 : index + 1
        }
        return start
    }
}
