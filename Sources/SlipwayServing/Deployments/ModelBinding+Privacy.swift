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

    /// Refuses a policy that names no input, because a misspelt one would let the real field through.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch`.
    func check(against inputs: [String]) throws(ModelError) {
        guard let unknown = privacy.keys.filter({ !inputs.contains($0) }).min() else { return }
        let near = Spelling.nearest(to: unknown, among: inputs)
        throw ModelError(
            .signatureMismatch, "a privacy policy names '\(unknown)', which is no input of the model",
            hint: near.map { "Did you mean '\($0)'?" } ?? "Correct the name under privacy, or remove the policy.",
            field: unknown)
    }
}
