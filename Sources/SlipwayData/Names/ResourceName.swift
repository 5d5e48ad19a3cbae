/// The rule for names of projects, environments, sources, feature views, and models.
///
/// Such names become folder names, URL parts, and table names, so they keep to letters that are safe in all three.
public enum ResourceName {
    /// The longest name, in characters.
    public static let lengthMax = 63
    /// The rule in words.
    public static let rule =
        "start with a letter a to z, then use a to z, 0 to 9, '_' and '-', at most \(lengthMax) characters"

    /// Whether a text is a name: `[a-z][a-z0-9_-]{0,62}`.
    public static func isValid(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), text.utf8.count <= lengthMax else { return false }
        return text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-".utf8.contains($0) }
    }

    /// The nearest name to any text, such as a folder's: lower case, other characters as `-`; `project` when nothing
    /// is left.
    public static func sanitized(_ text: String) -> String {
        var name = ""
        for character in text.lowercased() {
            let isPlain = character.utf8.count == 1 && character.utf8.allSatisfy { isLetter($0) || isDigit($0) }
            if isPlain || character == "_" {
                name.append(character)
            } else if name.last != "-" {
                name.append("-")
            }
        }
        let start = name.drop { !$0.utf8.allSatisfy(isLetter) }.prefix(lengthMax)
        let end = start.reversed().drop { $0 == "-" || $0 == "_" }
        return end.isEmpty ? "project" : String(end.reversed())
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
