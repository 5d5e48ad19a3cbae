import SlipwayData

/// Walks a configuration file and keeps every problem, so that one reading finds them all.
struct ConfigurationReader {
    /// What is wrong.
    private(set) var problems: [ConfigurationProblem]
    /// What is valid but has no effect yet.
    private(set) var notices: [ConfigurationNotice] = []

    /// Starts a walk, with the problems that are known already.
    init(problems: [ConfigurationProblem] = []) { self.problems = problems }

    /// Records what is wrong with a value.
    mutating func report(_ message: String, at node: YAMLNode) {
        problems.append(ConfigurationProblem(location: node.location, path: node.path, message: message))
    }

    /// Records what is wrong with a key.
    mutating func report(_ message: String, atKey entry: YAMLNode.Entry) {
        problems.append(ConfigurationProblem(location: entry.location, path: entry.value.path, message: message))
    }

    /// Records that a value has no effect in this version.
    mutating func notice(_ message: String, at node: YAMLNode) {
        notices.append(ConfigurationNotice(location: node.location, path: node.path, message: message))
    }

    /// The entries of a mapping, after every key that is not among `keys` was reported.
    mutating func fields(of node: YAMLNode, keys: [String], expecting example: String) -> Fields? {
        guard case .mapping(let entries) = node.content else {
            report("found \(node.kindName) where a mapping belongs, such as \(example)", at: node)
            return nil
        }
        for entry in entries where !keys.contains(entry.key) {
            let ending = Suggestion.ending(for: entry.key, among: keys)
            report("unknown key\(ending)", atKey: entry)
        }
        return Fields(node: node)
    }

    /// The value of a key that must be there.
    mutating func required<Value>(_ key: String, of fields: Fields, as form: Form<Value>) -> Value? {
        guard let entry = fields[key] else {
            report("the key '\(key)' is missing; write \(key): \(form.example)", at: fields.node)
            return nil
        }
        return value(of: entry, as: form)
    }

    /// The value of a key that may be absent; a key without a value is reported.
    mutating func optional<Value>(_ key: String, of fields: Fields, as form: Form<Value>) -> Value? {
        fields[key].flatMap { value(of: $0, as: form) }
    }

    /// A named section: every entry read in one form, under a valid name.
    mutating func section<Value>(
        _ key: String, of fields: Fields, as form: (String) -> Form<Value>
    ) -> [String: Value] {
        guard let section = fields[key]?.value else { return [:] }
        if case .null = section.content { return [:] }
        guard case .mapping(let entries) = section.content else {
            report("found \(section.kindName) where names with their settings belong", at: section)
            return [:]
        }
        var values: [String: Value] = [:]
        for entry in entries {
            if !ResourceName.isValid(entry.key) {
                report("\(Quotation.quoted(entry.key)) is not a name; \(ResourceName.rule)", atKey: entry)
            }
            values[entry.key] = form(entry.key).read(entry.value, &self)
        }
        return values
    }

    private mutating func value<Value>(of entry: YAMLNode.Entry, as form: Form<Value>) -> Value? {
        if case .null = entry.value.content {
            report("the key has no value; write \(entry.key): \(form.example)", atKey: entry)
            return nil
        }
        return form.read(entry.value, &self)
    }
}
