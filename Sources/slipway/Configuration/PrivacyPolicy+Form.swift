import SlipwayData

/// The policies that a word says.
private enum PolicyWord: String, CaseIterable {
    case drop, hash, mask

    var policy: PrivacyPolicy {
        switch self {
        case .drop: .drop
        case .hash: .hash
        case .mask: .mask
        }
    }
}

extension Form where Value == PrivacyPolicy {
    /// What becomes of a column: `hash`, or `{ generalise: 1000 }`.
    static var privacyPolicy: Form {
        Form(example: "hash") { node, reader in
            guard case .mapping = node.content else {
                return (.choice("a privacy policy") as Form<PolicyWord>).read(node, &reader)?.policy
            }
            let expected = "{ generalise: year }"
            guard let fields = reader.fields(of: node, keys: ["generalise"], expecting: expected) else { return nil }
            return reader.required("generalise", of: fields, as: .generalisation).map { .generalise($0) }
        }
    }
}

extension Form where Value == Generalisation {
    /// The most characters that may be kept of a text.
    private static var firstCountMax: Int { 100 }

    /// How a column is made coarser: a width, `year`, `month`, or `day`, or `{ first: 2 }`.
    static var generalisation: Form {
        Form(example: "year") { node, reader in
            if let part = node.text.flatMap(Generalisation.DatePart.init(rawValue:)) { return .date(part) }
            if case .mapping = node.content {
                guard let fields = reader.fields(of: node, keys: ["first"], expecting: "{ first: 2 }") else {
                    return nil
                }
                return reader.required("first", of: fields, as: .count(in: 1...firstCountMax, example: "2"))
                    .map { .first($0) }
            }
            switch node.scalarValue {
            case .integer(let width) where width > 0: return .width(Double(width))
            case .number(let width) where width > 0 && width.isFinite: return .width(width)
            default:
                reader.report(
                    "\(node.kindName) makes nothing coarser; write the width of an interval such as 1000, one of year, "
                        + "month, and day, or { first: 2 } for the first characters of a text", at: node)
                return nil
            }
        }
    }
}

extension Form where Value == [String: PrivacyPolicy] {
    /// Fields with their policies: `{ email: hash, phone: mask }`.
    static var privacy: Form {
        Form(example: "{ email: hash, phone: mask }") { node, reader in
            reader.privacyEntries(of: node)?.reduce(into: [:]) { policies, entry in
                policies[entry.key] = Form<PrivacyPolicy>.privacyPolicy.read(entry.value, &reader)
            }
        }
    }
}

extension Form where Value == ViewPrivacy {
    /// Columns with their policies, of which some come encrypted: `{ email: hash, salary: { decrypt: "${KEY}" } }`.
    static var viewPrivacy: Form {
        Form(example: "{ email: hash, phone: mask }") { node, reader in
            guard let entries = reader.privacyEntries(of: node) else { return nil }
            var privacy = ViewPrivacy()
            for entry in entries {
                guard entry.value.entries.contains(where: { $0.key == "decrypt" }) else {
                    privacy.policies[entry.key] = Form<PrivacyPolicy>.privacyPolicy.read(entry.value, &reader)
                    continue
                }
                let expected = "{ decrypt: \"${KEY}\", type: number, then: { generalise: 1000 } }"
                let keys = ["decrypt", "type", "then"]
                guard let fields = reader.fields(of: entry.value, keys: keys, expecting: expected) else { continue }
                privacy.ciphers[entry.key] = reader.cipher(of: fields)
                privacy.policies[entry.key] = reader.optional("then", of: fields, as: .privacyPolicy)
            }
            return privacy
        }
    }
}

extension ConfigurationReader {
    fileprivate mutating func privacyEntries(of node: YAMLNode) -> [YAMLNode.Entry]? {
        guard case .mapping(let entries) = node.content else {
            report(
                "found \(node.kindName) where columns with policies belong, such as { email: hash, phone: mask }",
                at: node)
            return nil
        }
        return entries
    }

    fileprivate mutating func cipher(of fields: Fields) -> ViewPrivacy.Cipher? {
        if let entry = fields["decrypt"], let text = entry.value.text, !SecretPolicy.isReference(text) {
            report("a secret is written in clear; write ${NAME} or file:PATH in its place", at: entry.value)
            return nil
        }
        let type = optional("type", of: fields, as: .choice("a type of column") as Form<ColumnType>)
        return required("decrypt", of: fields, as: .reference(example: "${SALARY_KEY}"))
            .map { ViewPrivacy.Cipher(key: $0, type: type ?? .string) }
    }
}
