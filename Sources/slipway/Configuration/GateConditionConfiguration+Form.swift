extension Form where Value == GateConditionConfiguration {
    /// A condition of a gate: `{ metric: roc_auc, at_least: 0.8 }`.
    static var gateCondition: Form {
        let example = "{ metric: roc_auc, at_least: 0.8 }"
        let bounds = ["at_least", "at_most", "not_worse_than_champion"]
        return Form(example: example) { node, reader in
            let keys = ["metric", "slice", "confidence"] + bounds
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let metric = reader.required("metric", of: fields, as: .metric)
            let slice = reader.optional("slice", of: fields, as: .text(example: "contract"))
            let given = bounds.filter { fields[$0] != nil }
            guard given.count == 1, let bound = given.first else {
                let message =
                    given.isEmpty
                    ? "the condition has no bound; write \(Quotation.alternatives(bounds))"
                    : "a condition has one bound; write \(Quotation.alternatives(given)) as an entry of its own"
                reader.report(message, at: node)
                return nil
            }
            if bound == "not_worse_than_champion" { return reader.comparison(of: metric, in: fields) }
            if let entry = fields["confidence"] {
                reader.report("only not_worse_than_champion has a confidence; delete it", atKey: entry)
            }
            let isShare = metric.map(GateConditionConfiguration.isShare) ?? false
            let threshold = reader.required(
                bound, of: fields, as: .number(in: isShare ? 0...1 : nil, example: "0.8"))
            guard let metric, let threshold else { return nil }
            return bound == "at_least"
                ? .atLeast(metric: metric, threshold: threshold, slice: slice)
                : .atMost(metric: metric, threshold: threshold, slice: slice)
        }
    }
}

extension Form where Value == String {
    /// The name of a metric.
    fileprivate static var metric: Form {
        let names = GateConditionConfiguration.metrics
        return Form(example: "roc_auc") { node, reader in
            if let text = node.text, names.contains(text) { return text }
            let ending = Suggestion.ending(for: node.text ?? "", among: names)
            reader.report("\(node.kindName) is not a metric\(ending)", at: node)
            return nil
        }
    }
}

extension ConfigurationReader {
    fileprivate mutating func comparison(of metric: String?, in fields: Fields) -> GateConditionConfiguration? {
        if let entry = fields["slice"] {
            report("a comparison with the champion takes all rows; delete the slice", atKey: entry)
        }
        let margin = required("not_worse_than_champion", of: fields, as: .number(in: 0...1, example: "0.005"))
        let confidence = optional("confidence", of: fields, as: .number(in: 0.5...0.999, example: "0.95"))
        guard let metric, let margin else { return nil }
        return .notWorseThanChampion(metric: metric, margin: margin, confidence: confidence)
    }
}
