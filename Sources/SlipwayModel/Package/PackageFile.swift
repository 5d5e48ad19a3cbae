/// The files of a package.
public enum PackageFile: String, CaseIterable, Sendable {
    /// The list of all other files with their digests.
    case manifest = "manifest.json"
    /// The model as given.
    case model = "model.onnx"
    /// The typed inputs and outputs.
    case signature = "signature.json"
    /// Where the version comes from.
    case lineage = "lineage.json"
    /// The profile of the examples and of the predictions for them.
    case baseline = "baseline.json"
    /// Labelled rows on which versions are judged.
    case examples = "examples.csv"
    /// A few rows with their answers.
    case golden = "golden.json"
    /// The metrics on the examples.
    case metrics = "metrics.json"
    /// What people say of the model.
    case notes = "notes.json"
    /// The model in plain words.
    case card = "card.md"
}
