import SlipwayRegistry

extension Form where Value == Guardrail {
    /// What a canary must keep to: `{ error_rate: 0.01, latency_ratio: 2, accuracy_loss: 0.05 }`.
    static var guardrail: Form {
        let example = "{ error_rate: 0.01, latency_ratio: 2, accuracy_loss: 0.05 }"
        let keys = ["error_rate", "latency_ratio", "accuracy_loss", "minimum_calls", "level"]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            var guardrail = Guardrail()
            if let limit = reader.optional("error_rate", of: fields, as: .limit(in: 0...1, example: "0.01")) {
                guardrail.errorRateMax = limit.number
            }
            if let limit = reader.optional("latency_ratio", of: fields, as: .limit(in: 1...1_000, example: "2")) {
                guardrail.latencyRatioMax = limit.number
            }
            if let limit = reader.optional("accuracy_loss", of: fields, as: .limit(in: 0...10, example: "0.05")) {
                guardrail.accuracyLossMax = limit.number
            }
            if let count = reader.optional(
                "minimum_calls", of: fields,
                as: .count(in: Guardrail.callCountMinLeast...1_000_000, example: "\(Guardrail.callCountMinDefault)"))
            {
                guardrail.callCountMin = count
            }
            if let level = reader.optional("level", of: fields, as: .number(in: 1e-6...0.2, example: "0.01")) {
                guardrail.level = level
            }
            return guardrail
        }
    }
}

/// A limit that may be lifted.
struct OptionalLimit {
    /// The word that lifts a limit.
    static let none = "none"

    /// The limit; `nil` when it is lifted.
    let number: Double?
}

extension Form where Value == OptionalLimit {
    /// A number in a range, or the word `none`.
    fileprivate static func limit(in range: ClosedRange<Double>, example: String) -> Form {
        Form(example: example) { node, reader in
            if node.text == OptionalLimit.none { return OptionalLimit(number: nil) }
            return Form<Double>.number(in: range, example: "\(example), or \(OptionalLimit.none)").read(node, &reader)
                .map { OptionalLimit(number: $0) }
        }
    }
}
