import SlipwayData

extension PrivacyPolicy {
    /// The policy as it stands in a configuration file, such as `{ generalise: year }`.
    var text: String {
        switch self {
        case .drop: "drop"
        case .hash: "hash"
        case .mask: "mask"
        case .generalise(.width(let width)): "{ generalise: \(Value.number(width).text) }"
        case .generalise(.date(let part)): "{ generalise: \(part.rawValue) }"
        case .generalise(.first(let count)): "{ generalise: { first: \(count) } }"
        }
    }
}
