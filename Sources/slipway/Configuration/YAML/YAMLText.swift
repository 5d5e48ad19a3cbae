/// Finds places and marked names in the text of a YAML document.
enum YAMLText {
    /// The index of a place, or `nil` when the text ends before it.
    ///
    /// - Complexity: O(length).
    static func index(
        of position: YAMLComposition.Position, in scalars: String.UnicodeScalarView
    ) -> String.UnicodeScalarView.Index? {
        var line = 1
        var column = 1
        var index = scalars.startIndex
        while index < scalars.endIndex {
            if line == position.line, column == position.column { return index }
            guard line <= position.line else { return nil }
            let next = scalars.index(after: index)
            let isReturnBeforeFeed = scalars[index] == "\r" && next < scalars.endIndex && scalars[next] == "\n"
            if isLineBreak(scalars[index]), !isReturnBeforeFeed {
                line += 1
                column = 1
            } else {
                column += 1
            }
            index = next
        }
        return nil
    }

    /// The line, from 1, of a character given by its offset.
    static func line(ofCharacter offset: Int, in text: String) -> Int {
        1 + text.prefix(offset).unicodeScalars.count { $0 == "\n" }
    }

    /// One line of a text, from 1, without its end.
    static func line(_ number: Int, in text: String) -> Substring {
        var rest = text[...]
        for _ in 1..<max(number, 1) {
            guard let end = rest.firstIndex(where: \.isNewline) else { return "" }
            rest = rest[rest.index(after: end)...]
        }
        return rest.prefix { !$0.isNewline }
    }

    /// Every name that follows `&` or `*`, as anchors and aliases do, wherever it stands.
    static func markedNames(in text: String) -> [(mark: Character, name: String, line: Int)] {
        var found: [(mark: Character, name: String, line: Int)] = []
        var line = 1
        var mark: Character?
        var name = ""
        func isNamePart(_ byte: UInt8) -> Bool {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
            default: false
            }
        }
        for byte in text.utf8 {
            if mark != nil, isNamePart(byte) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            if let mark, !name.isEmpty { found.append((mark, name, line)) }
            name = ""
            mark = byte == UInt8(ascii: "&") ? "&" : byte == UInt8(ascii: "*") ? "*" : nil
            if byte == UInt8(ascii: "\n") { line += 1 }
        }
        if let mark, !name.isEmpty { found.append((mark, name, line)) }
        return found
    }

    /// Whether YAML ends a line here.
    private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
        ["\r", "\n", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
    }
}
