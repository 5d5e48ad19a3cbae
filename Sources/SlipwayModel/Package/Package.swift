import Foundation
public import SlipwayData

/// An immutable model version as a folder of files, opened and verified.
///
/// Every file is compared with its SHA-256 in the manifest when the package is opened: a changed, missing, or added
/// file is refused. The model is parsed and validated as well, so an open package is known to be sound.
public struct Package: Sendable {
    /// The largest file of a package.
    public static let fileByteCountMax = 2 << 30

    /// The folder.
    public let folder: String
    /// The list of files.
    public let manifest: PackageManifest
    /// The digest that names the package.
    public let digest: SHA256Digest
    /// The validated model.
    public let graph: Graph
    /// The typed inputs and outputs.
    public let signature: Signature
    /// Where the version comes from.
    public let lineage: Lineage
    /// The profile of examples and predictions, if examples were given.
    public let baseline: Baseline?
    /// A few rows with their answers, if examples were given.
    public let golden: GoldenRows?
    /// The metrics on the examples, if they hold the target.
    public let metrics: Evaluation?

    /// What people say of the model.
    public let notes: ModelNotes

    /// The name of the model.
    public var name: String { manifest.model }

    /// Opens and verifies a package.
    ///
    /// - Parameter expected: The digest that the registry knows; `nil` when the folder is all there is.
    /// - Throws: ``ModelError`` of kind `corruptPackage` that names the file at fault, or what ``ONNXModel`` throws.
    public init(at folder: String, expecting expected: SHA256Digest? = nil) throws(ModelError) {
        self.folder = folder
        let files = PackageFolder(folder)
        manifest = try files.manifest()
        digest = manifest.digest
        if let expected, expected != digest {
            throw ModelError(
                .corruptPackage, "the package in \(folder) is \(digest.short), not \(expected.short)",
                hint: "Restore the folder from a backup, or push the model again.")
        }
        let contents = try files.verified(manifest)
        guard let model = contents[.model] else {
            throw ModelError(.corruptPackage, "the package in \(folder) holds no \(PackageFile.model.rawValue)")
        }
        graph = try ONNXModel(bytes: model).graph()
        guard let signature = try files.decode(Signature.self, .signature, contents),
            let lineage = try files.decode(Lineage.self, .lineage, contents)
        else { throw ModelError(.corruptPackage, "the package in \(folder) lacks its signature or its lineage") }
        if let problem = signature.problem(for: graph) {
            throw files.corrupt("\(PackageFile.signature.rawValue) does not fit the model: \(problem)")
        }
        self.signature = signature
        self.lineage = lineage
        baseline = try files.decode(Baseline.self, .baseline, contents)
        golden = try files.decode(GoldenRows.self, .golden, contents)
        metrics = try files.decode(Evaluation.self, .metrics, contents)
        notes = try files.decode(ModelNotes.self, .notes, contents) ?? ModelNotes()
    }

    /// The labelled rows on which versions are judged; `nil` when the package has none.
    ///
    /// - Complexity: O(rows); the file is read at every call.
    public func examples() throws -> Table? {
        guard manifest.files[PackageFile.examples.rawValue] != nil else { return nil }
        var types: [String: ColumnType] = [:]
        for field in signature.inputs { types[field.name] = field.type }
        return try CSVReader.table(contentsOf: "\(folder)/\(PackageFile.examples.rawValue)", types: types)
    }

    /// The model in plain words; `nil` when the package has no card.
    public func card() -> String? {
        try? String(contentsOfFile: "\(folder)/\(PackageFile.card.rawValue)", encoding: .utf8)
    }

    /// Loads the model with the first engine that supports it.
    public func load(with engines: [any InferenceEngine]) throws(ModelError) -> Model {
        try Model(signature: signature, graph: graph, engines: engines)
    }
}
