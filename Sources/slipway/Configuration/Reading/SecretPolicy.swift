/// Tells secrets that are written in clear from references to secrets.
enum SecretPolicy {
    /// The endings of keys whose values are secrets.
    static let secretKeyEndings = [
        "password", "passwd", "token", "secret", "api_key", "apikey", "access_key", "private_key", "secret_key",
        "credentials",
    ]

    /// The most passwords that are starred out of one text.
    static let passwordCountMax = 16

    /// Whether the value of a key must be a reference.
    static func isSecretKey(_ key: String) -> Bool {
        let name = key.lowercased().replacing("-", with: "_")
        return secretKeyEndings.contains { name.hasSuffix($0) }
    }

    /// Whether a text is a reference as a whole: `${NAME}` or `file:PATH`.
    static func isReference(_ text: String) -> Bool {
        if text.hasPrefix("file:") { return text.count > "file:".count }
        guard text.hasPrefix("${"), text.hasSuffix("}") else { return false }
        return text.firstIndex(of: "}") == text.lastIndex(of: "}")
    }

    /// Whether a text holds a password that is no reference, in a URL or as `password=…`.
    static func holdsClearPassword(_ text: String) -> Bool { clearPassword(in: text) != nil }

    /// The text with a password in clear replaced by `***`.
    static func redacted(_ text: String) -> String {
        var result = text
        for _ in 0..<passwordCountMax {
            guard let password = clearPassword(in: result) else { break }
            result.replaceSubrange(password, with: starred)
        }
        return result
    }

    private static let starred = "***"

    private static func clearPassword(in text: String) -> Range<String.Index>? {
        urlPassword(in: text) ?? keywordPassword(in: text)
    }

    /// The password in `scheme://user:password@host`.
    private static func urlPassword(in text: String) -> Range<String.Index>? {
        var searched = text.startIndex
        while let scheme = text[searched...].firstRange(of: "://") {
            let address = text[scheme.upperBound...].prefix { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
            searched = address.endIndex
            guard let at = address.lastIndex(of: "@"), let colon = address[..<at].firstIndex(of: ":") else { continue }
            let password = address.index(after: colon)..<at
            if isClear(text[password]) { return password }
        }
        return nil
    }

    /// The password in `password=…`, as in connection strings and query parameters.
    private static func keywordPassword(in text: String) -> Range<String.Index>? {
        for keyword in ["password=", "token=", "secret="] {
            var searched = text.startIndex
            while let range = text[searched...].firstRange(of: keyword) {
                searched = range.upperBound
                let value = text[searched...].prefix { !$0.isWhitespace && $0 != "&" }
                if isClear(value) { return value.startIndex..<value.endIndex }
            }
        }
        return nil
    }

    private static func isClear(_ password: Substring) -> Bool {
        !password.isEmpty && password != starred && !isReference(String(password))
    }
}
