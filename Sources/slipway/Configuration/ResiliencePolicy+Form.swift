import SlipwayData

extension ResiliencePolicy {
    /// The keys of a source that say how it is asked.
    static let keys = ["timeout", "retries", "concurrency", "breaker", "on_failure"]
    /// The most retries that a source may ask for.
    static let retryCountMax = 10
    /// The most queries at once that a source may ask for.
    static let concurrencyMax = 256
    /// The most failures that a source may allow before it is left alone.
    static let breakerFailureCountMax = 1_000
}

extension ConfigurationReader {
    /// How a source is asked; what its keys do not say is by default.
    mutating func policy(of fields: Fields) -> ResiliencePolicy {
        typealias Policy = ResiliencePolicy
        var policy = Policy()
        if let timeout = optional("timeout", of: fields, as: .duration(example: "30s")) { policy.timeout = timeout }
        if let count = optional("retries", of: fields, as: .count(in: 0...Policy.retryCountMax, example: "2")) {
            policy.retryCount = count
        }
        if let count = optional("concurrency", of: fields, as: .count(in: 1...Policy.concurrencyMax, example: "4")) {
            policy.concurrency = count
        }
        if let breaker = fields["breaker"]?.value { readBreaker(breaker, into: &policy) }
        if let behaviour = optional("on_failure", of: fields, as: .failureBehaviour) { policy.onFailure = behaviour }
        return policy
    }

    private mutating func readBreaker(_ node: YAMLNode, into policy: inout ResiliencePolicy) {
        let example = "{ failures: 5, pause: 30s }"
        guard let fields = fields(of: node, keys: ["failures", "pause"], expecting: example) else { return }
        let failures = 1...ResiliencePolicy.breakerFailureCountMax
        if let count = optional("failures", of: fields, as: .count(in: failures, example: "5")) {
            policy.breakerFailureCount = count
        }
        if let pause = optional("pause", of: fields, as: .duration(example: "30s")) { policy.breakerPause = pause }
    }
}

extension Form where Value == ResiliencePolicy.FailureBehaviour {
    /// What happens where a source fails for good; `default` is known and refused.
    fileprivate static var failureBehaviour: Form {
        Form(example: "stale") { node, reader in
            guard node.text == "default" else {
                return Form.choice("what happens on a failure").read(node, &reader)
            }
            reader.report(
                "the rows of a query have no default; write fail, or stale to go on with the rows replicated before, and "
                    + "defaults in the feature view",
                at: node)
            return nil
        }
    }
}
