extension KeySecret {
    /// A text in which every key has lost its secret: `slw_4k7q2m5x_…`.
    ///
    /// Whoever puts a key into a path or a field would otherwise find it in a log.
    ///
    /// - Complexity: O(length).
    public static func redacted(_ text: String) -> String {
        guard text.contains(prefix) else { return text }
        var result = ""
        var rest = Substring(text)
        while let found = rest.firstRange(of: prefix) {
            result += rest[..<found.upperBound]
            rest = rest[found.upperBound...]
            // A cut or mistyped key is one as well: all that belongs to the word goes.
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            let id = word.prefix { $0 != "_" }.prefix(idLength)
            guard word.count > id.count else { continue }
            result += id + "_…"
            rest = rest[word.endIndex...]
        }
        return result + rest
    }
}
