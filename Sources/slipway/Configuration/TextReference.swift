import SlipwayData

/// A text of the configuration that may take parts from environment variables, such as `${DATA_DIR}/crm.db`.
///
/// The file is valid whether or not the variables are set; a command resolves the references that it needs.
struct TextReference: Hashable, Sendable {
    /// A piece of the text.
    enum Part: Hashable, Sendable {
        /// Text as it stands.
        case literal(String)
        /// The value of an environment variable.
        case variable(String)
    }

    /// The pieces in order.
    let parts: [Part]
    /// Where the text stands in the file.
    let location: SourceLocation
    /// Which value it is.
    let path: ConfigurationPath

    /// Reads a text; `nil` when a `${` is not closed or names no variable.
    init?(_ text: String, location: SourceLocation, path: ConfigurationPath) {
        var parts: [Part] = []
        var rest = text[...]
        while let start = rest.firstRange(of: "${") {
            if start.lowerBound > rest.startIndex { parts.append(.literal(String(rest[..<start.lowerBound]))) }
            guard let end = rest[start.upperBound...].firstIndex(of: "}") else { return nil }
            let name = rest[start.upperBound..<end]
            guard Self.isVariableName(name) else { return nil }
            parts.append(.variable(String(name)))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
        self.location = location
        self.path = path
    }

    /// The names of the variables in the text.
    var variables: [String] {
        parts.compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// The names of the variables before the `@` of a URL, which stand for a user or a password.
    var credentials: [String] {
        let end = parts.lastIndex { if case .literal(let text) = $0 { text.contains("@") } else { false } }
        return parts[..<(end ?? 0)].compactMap { if case .variable(let name) = $0 { name } else { nil } }
    }

    /// The text with its variables put in.
    ///
    /// - Throws: ``ConfigurationError`` of kind `unresolved` that lists every variable that is not set.
    func resolved(in environment: [String: String]) throws(ConfigurationError) -> String {
        let unset = variables.filter { (environment[$0] ?? "").isEmpty }
        guard unset.isEmpty else {
            throw ConfigurationError(
                .unresolved,
                problems: unset.map { name in
                    ConfigurationProblem(
                        location: location, path: path, message: "the environment variable \(name) is not set")
                }, in: location.file, hint: "Set \(unset.map { "\($0)=…" }.joined(separator: " ")) and run again.")
        }
        return parts.map { part in
            switch part {
            case .literal(let text): text
            case .variable(let name): environment[name] ?? ""
            }
        }.joined()
    }

    /// Whether a text is a name of letters, digits, and `_` that starts with no digit.
    static func isVariableName(_ name: Substring) -> Bool {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
            default: false
            }
        }
    }
}
