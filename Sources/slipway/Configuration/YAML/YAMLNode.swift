import SlipwayData

/// A value of a YAML document with the place where it stands.
struct YAMLNode: Sendable {
    /// A key of a mapping with its value.
    struct Entry: Sendable {
        /// The key.
        var key: String
        /// Where the key stands.
        var location: SourceLocation
        /// The value.
        var value: YAMLNode
    }

    /// The kinds of values.
    enum Content: Sendable {
        /// No value: nothing, `~`, or `null`.
        case null
        /// A text; a quoted one is never read as number or truth.
        case scalar(String, isQuoted: Bool)
        /// A list.
        case sequence([YAMLNode])
        /// Keys with values in the order of the file; keys are unique.
        case mapping([Entry])
    }

    /// The value.
    var content: Content
    /// Where the value stands.
    var location: SourceLocation
    /// Which value it is.
    var path: ConfigurationPath

    /// The text of a scalar, however it is written.
    var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The keys with values; empty for anything but a mapping.
    var entries: [Entry] {
        guard case .mapping(let entries) = content else { return [] }
        return entries
    }

    /// The scalar as a typed cell, after the core schema of YAML 1.2: `yes` and `No` are texts.
    var scalarValue: Value? {
        guard case .scalar(let text, let isQuoted) = content else { return nil }
        if isQuoted { return .string(text) }
        if ["true", "True", "TRUE"].contains(text) { return .boolean(true) }
        if ["false", "False", "FALSE"].contains(text) { return .boolean(false) }
        if let whole = Int64(text) { return .integer(whole) }
        return Self.number(text).map(Value.number) ?? .string(text)
    }

    /// What the value is, in words, for messages.
    var kindName: String {
        switch content {
        case .null: "nothing"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let text, _): Quotation.quoted(text)
        }
    }

    /// The decimal number that a text spells, if it is finite; names such as `inf` and hexadecimal forms are texts.
    private static func number(_ text: String) -> Double? {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }
}
