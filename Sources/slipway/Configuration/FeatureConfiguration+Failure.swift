import SlipwayData
import SlipwayServing

/// What a view says should happen where the store cannot answer.
enum LookUpFailure: String, CaseIterable {
    /// Calls are refused.
    case fail
    /// Rows that were looked up before answer.
    case stale
    /// Stated values answer.
    case `default`
}

extension ConfigurationReader {
    /// What becomes of calls where the store cannot answer: `on_failure: default` with `defaults: { tenure: 12 }`.
    ///
    /// - Parameters:
    ///   - key: The key column of the view.
    ///   - isCached: Whether rows that were looked up are kept.
    mutating func failureBehaviour(
        of fields: Fields, key: String?, isCached: Bool
    ) -> FeatureUse.FailureBehaviour {
        let behaviour = optional("on_failure", of: fields, as: Form<LookUpFailure>.choice("what happens on a failure"))
        let defaults = optional("defaults", of: fields, as: .defaults)
        if let entry = fields["defaults"] {
            if behaviour != .default, fields["on_failure"] == nil || behaviour != nil {
                report("values stand in for stored ones with on_failure: default only", atKey: entry)
            }
            if let key, defaults?[key] != nil {
                report("the key column '\(key)' is what is looked up by, and has no default", at: entry.value)
            }
        }
        switch behaviour {
        case .stale where !isCached:
            if let entry = fields["on_failure"] {
                report("rows from before are those of the cache; write lookup: { cache: 10s }", at: entry.value)
            }
        case .default where fields["defaults"] == nil:
            if let entry = fields["on_failure"] {
                report("default needs the values; write defaults: { tenure: 12 }", at: entry.value)
            }
        default: break
        }
        switch behaviour {
        case nil, .fail: return .fail
        case .stale: return .stale
        case .default: return .defaults(defaults ?? [:])
        }
    }
}

extension Form where Value == [String: SlipwayData.Value] {
    /// Values by column: `{ tenure: 12 }`.
    fileprivate static var defaults: Form {
        let example = "{ tenure: 12 }"
        return Form(example: example) { node, reader in
            guard case .mapping(let entries) = node.content, !entries.isEmpty else {
                reader.report("found \(node.kindName) where columns with values belong, such as \(example)", at: node)
                return nil
            }
            var values: [String: SlipwayData.Value] = [:]
            for entry in entries {
                values[entry.key] = Form<SlipwayData.Value>.cell(example: "12").read(entry.value, &reader)
            }
            return values
        }
    }
}
