import SlipwayData
import SlipwayModel
import SlipwayRegistry

/// What the project says of one model: its features, its signature's overrides, its training, and its gate.
struct ModelConfiguration: Equatable, Sendable {
    /// The name of the model.
    var name: String
    /// Why it exists, who answers for it, and what it is not for.
    var notes = ModelNotes()
    /// The feature view that completes rows at prediction time.
    var features: String?
    /// The feature view that holds its stored predictions.
    var predictions: String?
    /// The column of the true outcome.
    var target: String?
    /// The class whose probability binary metrics speak of.
    var positiveClass: String?
    /// What is to be changed in the signature that the package derives.
    var inputs: [InputConfiguration] = []
    /// The policies of inputs that must not be logged in clear.
    var privacy: [String: PrivacyPolicy] = [:]
    /// How the model is retrained.
    var training: TrainingConfiguration?
    /// The conditions of a promotion, all of which must hold.
    var gate: [GateConditionConfiguration] = []
    /// What a canary of the model must keep to, where the command that deploys it says nothing else.
    var guardrail = Guardrail()
}
