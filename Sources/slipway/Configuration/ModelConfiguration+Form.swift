import SlipwayData
import SlipwayModel
import SlipwayRegistry

extension Form where Value == ModelConfiguration {
    /// A model: `{ target: churn, … }`.
    static func model(named name: String, views: DeclaredViews, sources: [String]) -> Form {
        let example = "{ features: customers, target: churn }"
        let keys = [
            "purpose", "owner", "limits", "features", "predictions", "target", "positive_class", "inputs", "privacy",
            "train", "gate", "guard",
        ]
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let notes = ModelNotes(
                purpose: reader.optional("purpose", of: fields, as: .text(example: "Finds customers who may leave.")),
                owner: reader.optional("owner", of: fields, as: .text(example: "the retention team")),
                limits: reader.optional("limits", of: fields, as: .text(example: "Not for business customers.")))
            let features = reader.optional(
                "features", of: fields, as: .reference(to: "feature view", among: views.names))
            let predictions = reader.optional(
                "predictions", of: fields, as: .reference(to: "feature view", among: views.names))
            let needsTarget = fields["train"] != nil || fields["gate"] != nil
            let targetForm = Form<String>.text(example: "churn")
            let target =
                needsTarget
                ? reader.required("target", of: fields, as: targetForm)
                : reader.optional("target", of: fields, as: targetForm)
            let positiveClass = reader.optional("positive_class", of: fields, as: .cell(example: "Yes"))
            let inputs = reader.optional("inputs", of: fields, as: .inputs) ?? []
            let privacy = reader.optional("privacy", of: fields, as: .privacy) ?? [:]
            if let key = features.flatMap(views.key(of:)), privacy[key] != nil, let entry = fields["privacy"] {
                reader.report(
                    "the key column '\(key)' is needed for look-ups and feedback; choose another key", at: entry.value)
            }
            let training = reader.optional(
                "train", of: fields,
                as: .training(
                    of: name, hasFeatures: fields["features"] != nil,
                    viewSource: features.flatMap(views.source(of:)), sources: sources, views: views))
            let gate = reader.optional(
                "gate", of: fields,
                as: .list(of: .gateCondition, example: "[{ metric: roc_auc, at_least: 0.8 }]"))
            let guardrail = reader.optional("guard", of: fields, as: .guardrail) ?? Guardrail()
            return ModelConfiguration(
                name: name, notes: notes, features: features, predictions: predictions, target: target,
                positiveClass: positiveClass?.text, inputs: inputs, privacy: privacy, training: training,
                gate: gate ?? [], guardrail: guardrail)
        }
    }
}
