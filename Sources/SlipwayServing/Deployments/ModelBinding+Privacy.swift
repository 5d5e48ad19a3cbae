import SlipwayData
import SlipwayModel
import SlipwayMonitoring

extension ModelBinding {
    /// What becomes of the inputs before they are logged; the model's own word counts over the view's.
    var inputPrivacy: InputPrivacy {
        InputPrivacy(
            policies: viewPrivacy.merging(privacy) { _, own in own },
            hashedWhenStored: Set(viewPrivacy.filter { $0.value == .hash }.keys), keyedDigest: keyedDigest)
    }

    /// The fields that a caller left to the feature view, and whose values the caller may not see.
    func hiddenFields(absentIn record: JSONObject) -> Set<String> {
        Set(viewPrivacy.filter { $0.value == .drop && record[$0.key] == nil }.keys)
    }

    /// Refuses a policy that names no input, because a misspelt one would let the real field through, and one that no
    /// value of its input fits, because nothing of it would be logged.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch`; also for a value that is to stand in for a stored feature
    ///   and that the model does not take.
    func check(against inputs: [InputField]) throws(ModelError) {
        let names = inputs.map(\.name)
        if let unknown = privacy.keys.filter({ !names.contains($0) }).min() {
            let near = Spelling.nearest(to: unknown, among: names)
            throw ModelError(
                .signatureMismatch, "a privacy policy names '\(unknown)', which is no input of the model",
                hint: near.map { "Did you mean '\($0)'?" } ?? "Correct the name under privacy, or remove the policy.",
                field: unknown)
        }
        if case .defaults(let row) = featureUse.onFailure {
            for input in inputs {
                guard let value = row[input.name] else { continue }
                do {
                    _ = try input.checked(value)
                } catch {
                    throw ModelError(
                        .signatureMismatch, "the default of '\(input.name)' is none for the model: \(error.message)",
                        hint: "Correct it under defaults in the feature view.", field: input.name)
                }
            }
        }
        for input in inputs {
            guard case .generalise(let rule)? = privacy[input.name], !rule.fits(input.type) else { continue }
            throw ModelError(
                .signatureMismatch,
                "a privacy policy makes '\(input.name)' coarser as \(rule.wanted), and it is of type \(input.type.rawValue)",
                hint: "Correct the policy of '\(input.name)' under privacy.", field: input.name)
        }
    }
}
