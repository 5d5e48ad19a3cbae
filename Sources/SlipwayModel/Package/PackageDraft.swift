public import Foundation
public import SlipwayData

/// The parts of a package before it is written.
public struct PackageDraft: Sendable {
    /// The most example rows that a package keeps; the rest is left out evenly.
    public static let exampleRowCountMax = 20_000

    /// The name of the model.
    public var name: String
    /// The model as given.
    public var model: Data
    /// The typed inputs and outputs.
    public var signature: Signature
    /// Where the version comes from.
    public var lineage: Lineage
    /// The profile of examples and predictions.
    public var baseline: Baseline?
    /// Labelled rows on which versions are judged.
    public var examples: Table?
    /// A few rows with their answers.
    public var golden: GoldenRows?
    /// The metrics on the examples, or why there are none.
    public var metrics: Evaluation?
    /// What people say of the model.
    public var notes = ModelNotes()
    /// The model in plain words, as Markdown.
    public var card: String?

    /// Makes a draft with the parts that every package has.
    public init(name: String, model: Data, signature: Signature, lineage: Lineage) {
        self.name = name
        self.model = model
        self.signature = signature
        self.lineage = lineage
    }

    /// Writes the package into a folder named by its digest, and opens it.
    ///
    /// The files are written and synchronised under a temporary name, then renamed as a whole: a package is there
    /// completely or not at all. A package that exists already is kept, unless it was damaged: then it is replaced.
    ///
    /// - Parameter folder: The folder that holds all packages; made if it is not there.
    /// - Throws: ``DataError`` of kind `unwritable` when the disk is full or the folder cannot be written,
    ///   ``ModelError`` when the written package does not open.
    public func write(into folder: String) throws -> Package {
        let contents = try self.contents()
        var manifest = PackageManifest(model: name, files: [:])
        for (file, data) in contents {
            manifest.files[file.rawValue] = .init(sha256: SHA256Digest(of: data), bytes: data.count)
        }
        let target = "\(folder)/\(manifest.digest.hex)"
        if let existing = try? Package(at: target) { return existing }

        let temporary = "\(folder)/.incoming-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: true)
            for (file, data) in contents { try AtomicFile.write(Array(data), to: "\(temporary)/\(file.rawValue)") }
            try AtomicFile.write(Array(try Self.encode(manifest)), to: "\(temporary)/\(PackageFile.manifest.rawValue)")
            try Self.rename(temporary, to: target)
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            if let known = error as? DataError { throw known }
            throw DataError(.unwritable, "the package cannot be written to \(folder): \(error.localizedDescription)")
        }
        return try Package(at: target)
    }

    private func contents() throws -> [(PackageFile, Data)] {
        var contents: [(PackageFile, Data)] = [
            (.model, model), (.signature, try Self.encode(signature)), (.lineage, try Self.encode(lineage)),
        ]
        if let baseline { contents.append((.baseline, try Self.encode(baseline))) }
        if let examples { contents.append((.examples, Data(CSVWriter.bytes(of: examples)))) }
        if let golden { contents.append((.golden, try Self.encode(golden))) }
        if let metrics { contents.append((.metrics, try Self.encode(metrics))) }
        if !notes.isEmpty { contents.append((.notes, try Self.encode(notes))) }
        if let card { contents.append((.card, Data(card.utf8))) }
        return contents
    }

    private static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// Another process may have written the same package meanwhile; then its copy stands.
    static func rename(_ temporary: String, to target: String) throws {
        do {
            try FileManager.default.moveItem(atPath: temporary, toPath: target)
        } catch {
            guard FileManager.default.fileExists(atPath: target) else { throw error }
            if (try? Package(at: target)) == nil {
                try FileManager.default.removeItem(atPath: target)
                try FileManager.default.moveItem(atPath: temporary, toPath: target)
            } else {
                try? FileManager.default.removeItem(atPath: temporary)
            }
        }
    }
}
