extension ConfigurationReader {
    /// Reports every secret below a node that is written in clear; no message repeats the secret.
    mutating func reportSecrets(below node: YAMLNode) {
        switch node.content {
        case .null: break
        case .scalar(let text, _):
            if SecretPolicy.holdsClearPassword(text) {
                report("a password is written in clear; write it as ${NAME} and set that variable", at: node)
            }
        case .sequence(let elements):
            for element in elements { reportSecrets(below: element) }
        case .mapping(let entries):
            for entry in entries { reportSecrets(in: entry) }
        }
    }

    private mutating func reportSecrets(in entry: YAMLNode.Entry) {
        let isRule = entry.value.path.isPrivacyRule
        if let text = entry.value.text, SecretPolicy.isSecretKey(entry.key), !isRule, !SecretPolicy.isReference(text) {
            report("a secret is written in clear; write ${NAME} or file:PATH in its place", at: entry.value)
        } else {
            reportSecrets(below: entry.value)
        }
    }
}

extension ConfigurationPath {
    /// Whether the value is the rule of a column, whose name may well be `token`.
    fileprivate var isPrivacyRule: Bool {
        guard case .key(_, of: .key("privacy", of: .key(_, of: let section))) = self else { return false }
        return ["features", "models", "snapshots"].contains { section == .key($0, of: .root) }
    }
}
