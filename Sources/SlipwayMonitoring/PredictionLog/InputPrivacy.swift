package import SlipwayData

/// What becomes of the inputs of a model before they are logged.
package struct InputPrivacy: Sendable {
    /// The policies of inputs by name.
    package let policies: [String: PrivacyPolicy]
    /// The inputs that the serving store holds as keyed digests already; hashed again, equal values would part.
    package let hashedWhenStored: Set<String>

    private let filter: PrivacyFilter
    private let hasKey: Bool

    /// Makes rules; by default everything is logged as it is.
    ///
    /// - Parameter keyedDigest: HMAC-SHA-256 under the project's secret key; without one, inputs that ask for it are
    ///   left out.
    package init(
        policies: [String: PrivacyPolicy] = [:], hashedWhenStored: Set<String> = [],
        keyedDigest: (@Sendable ([UInt8]) -> [UInt8])? = nil
    ) {
        self.policies = policies
        self.hashedWhenStored = hashedWhenStored
        hasKey = keyedDigest != nil
        filter = PrivacyFilter(policies: policies, keyedDigest: keyedDigest ?? { _ in [] })
    }

    /// Whether an input is not logged at all.
    func leavesOut(_ name: String) -> Bool {
        switch policies[name] {
        case .drop: true
        case .hash: !hasKey
        case .mask, .generalise, nil: false
        }
    }

    /// The value that may be logged of an input that is not left out.
    func apply(_ policy: PrivacyPolicy, to value: Value, of name: String, isStored: Bool) -> Value {
        if policy == .hash, isStored, hashedWhenStored.contains(name) { return value }
        return filter.apply(to: value, of: name) ?? .missing
    }
}
