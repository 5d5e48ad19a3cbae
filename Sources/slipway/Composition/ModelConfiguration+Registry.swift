import SlipwayModel
import SlipwayRegistry

extension ModelConfiguration {
    /// The gate that the registry holds promotions to.
    var registryGate: Gate {
        Gate(
            conditions: gate.map { condition in
                switch condition {
                case .atLeast(let metric, let bound, let slice): .atLeast(metric: metric, bound, slice: slice)
                case .atMost(let metric, let bound, let slice): .atMost(metric: metric, bound, slice: slice)
                case .notWorseThanChampion(let metric, let margin, let confidence):
                    .notWorseThanChampion(metric: metric, tolerance: margin, confidence: confidence)
                }
            })
    }

    /// What the project says about the model's signature.
    ///
    /// - Parameter key: The field that names the entity; it is no input.
    func signatureOptions(key: String?) -> SignatureOptions {
        var overrides: [String: FieldOverride] = [:]
        for input in inputs {
            overrides[input.name] = FieldOverride(
                type: input.type, isRequired: input.isRequired, defaultValue: input.defaultValue,
                minimum: input.minimum, maximum: input.maximum, categories: input.categories, unit: input.unit,
                meaning: input.meaning)
        }
        return SignatureOptions(
            target: target, ignoredColumns: Set([key].compactMap { $0 }), overrides: overrides,
            positiveClass: positiveClass)
    }
}
