public import Foundation
public import SlipwayData
public import SlipwayModel

/// A model on its way into the registry.
public struct Submission: Sendable {
    /// The name of the model.
    public var name: String
    /// The bytes of the ONNX file.
    public var model: Data
    /// Rows with every field, and the target where there is one.
    public var examples: Table?
    /// What a person says about the model beyond its graph and examples.
    public var options: SignatureOptions
    /// Where the version comes from.
    public var lineage: Lineage
    /// Why it exists, who answers for it, and what it is not for.
    public var notes: ModelNotes

    /// Makes a submission.
    public init(
        name: String, model: Data, examples: Table? = nil, options: SignatureOptions = SignatureOptions(),
        lineage: Lineage, notes: ModelNotes = ModelNotes()
    ) {
        self.name = name
        self.model = model
        self.examples = examples
        self.options = options
        self.lineage = lineage
        self.notes = notes
    }
}
