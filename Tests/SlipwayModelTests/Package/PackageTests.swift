import Foundation
import SlipwayData
import SlipwayTesting
import SwiftProtobuf
import Testing

@testable import SlipwayModel

struct PackageTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A package with every part, over the model that adds 1 to two numbers.
    static func draft() throws -> PackageDraft {
        let bytes: Data = try ONNXModelProto.addition().serializedBytes()
        let graph = try ONNXModel(bytes: bytes).graph()
        let examples = try SignatureFixtures.numbers(["p", "q", "target"], rows: 40)
        let signature = try Signature(deriving: graph, examples: examples, options: SignatureOptions(target: "target"))
        let model = Model(signature: signature, graph: graph, predictor: FixedPredictor.adding(1))
        let lineage = Lineage(origin: .retrain, command: ["python3", "train.py"], durationSeconds: 1.5)
        var draft = PackageDraft(name: "sum", model: bytes, signature: signature, lineage: lineage)
        let batch = try model.predict(examples)
        draft.examples = examples
        draft.baseline = try Baseline(examples: examples, batch: batch, signature: signature)
        draft.golden = try GoldenRows(rows: signature.rows(of: examples), answeredBy: model)
        draft.metrics = Evaluation(task: .init(kind: .regression), predictions: [.number(1)], actual: [.number(2)])
        draft.card = "# sum\n"
        draft.notes = ModelNotes(purpose: "To add.", owner: "ada", limits: "Not for pay.")
        return draft
    }

    @discardableResult
    private func written() throws -> Package { try Self.draft().write(into: folder.path) }

    private func refusal(_ path: String, expecting digest: SHA256Digest? = nil) -> ModelError? {
        #expect(throws: ModelError.self) { try Package(at: path, expecting: digest) }
    }

    /// Replaces a file and the manifest's entry for it, as somebody who forges a package would.
    private func forge(_ package: Package, _ name: String, _ data: Data) throws {
        var manifest = package.manifest
        manifest.files[name] = .init(sha256: SHA256Digest(of: data), bytes: data.count)
        try data.write(to: URL(fileURLWithPath: "\(package.folder)/\(name)"))
        try write(manifest, of: package)
    }

    private func write(_ manifest: PackageManifest, of package: Package) throws {
        try JSONEncoder().encode(manifest).write(to: URL(fileURLWithPath: "\(package.folder)/manifest.json"))
    }

    @Test func whatWasWrittenIsRead() throws {
        let draft = try Self.draft()
        let package = try Package(at: written().folder)
        #expect(package.name == "sum")
        #expect(package.folder == folder.path(package.digest.hex))
        #expect(package.graph.source == draft.model)
        #expect(package.signature == draft.signature)
        #expect(package.lineage == draft.lineage)
        let golden = try [package.golden, draft.golden].map { try #require($0) }
        #expect(golden[0].rows.map { $0.map(\.text) } == golden[1].rows.map { $0.map(\.text) })
        #expect(golden[0].answers.map { $0.values.map(\.text) } == golden[1].answers.map { $0.values.map(\.text) })
        #expect(package.metrics == draft.metrics)
        #expect(package.baseline == draft.baseline)
        #expect(try package.examples() == draft.examples)
        #expect(package.card() == draft.card)
        #expect(package.notes == draft.notes)
        #expect(package.manifest.files.count == PackageFile.allCases.count - 1)
    }

    @Test func aBareModelIsAPackageToo() throws {
        var draft = try Self.draft()
        draft = PackageDraft(name: "sum", model: draft.model, signature: draft.signature, lineage: draft.lineage)
        let package = try draft.write(into: folder.path)
        #expect(package.baseline == nil && package.golden == nil && package.metrics == nil && package.card() == nil)
        #expect(try package.examples() == nil)
    }

    @Test func theSameContentHasTheSameDigest() throws {
        let first = try written()
        let other = try TemporaryFolder()
        #expect(try Self.draft().write(into: other.path).digest == first.digest)
        #expect(try written().digest == first.digest)
        #expect(try folder.names == [first.digest.hex])
    }

    @Test func anyPartChangesTheDigest() throws {
        var drafts = Array(repeating: try Self.draft(), count: 6)
        drafts[1].name = "other"
        drafts[2].card = nil
        drafts[3].lineage.source = "file.onnx"
        drafts[4].signature.inputs[0].maximum = 1_000
        drafts[5].golden?.answers[0].values[0] = .number(0)
        let digests = try drafts.map { try $0.write(into: folder.path).digest }
        #expect(Set(digests).count == 6)
    }

    @Test func manyWritersOfTheSamePackageLeaveOne() async throws {
        let path = folder.path
        let digests = try await withThrowingTaskGroup(of: SHA256Digest.self) { group in
            for _ in 0..<8 { group.addTask { try PackageTests.draft().write(into: path).digest } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(digests.count == 1)
        #expect(try folder.names == digests.map(\.hex))
    }

    @Test func anotherDigestThanExpectedIsRefused() throws {
        let package = try written()
        let error = refusal(package.folder, expecting: SHA256Digest(of: Data()))
        #expect(error?.kind == .corruptPackage)
        #expect(error?.message.contains("is \(package.digest.short), not ") == true)
        #expect(try Package(at: package.folder, expecting: package.digest).digest == package.digest)
    }

    @Test(arguments: PackageFile.allCases)
    func aChangedOrMissingFileIsNamed(file: PackageFile) throws {
        let package = try written()
        let url = URL(fileURLWithPath: "\(package.folder)/\(file.rawValue)")
        var bytes = try Data(contentsOf: url)
        bytes[bytes.startIndex + bytes.count / 3] ^= 0x10
        try bytes.write(to: url)
        let changed = refusal(package.folder, expecting: package.digest)
        #expect(changed?.kind == .corruptPackage)
        try FileManager.default.removeItem(at: url)
        let missing = refusal(package.folder, expecting: package.digest)
        #expect(missing?.kind == .corruptPackage)
        #expect(missing?.message.contains(file.rawValue) == true)
        if file != .manifest { #expect(changed?.message.contains(file.rawValue) == true) }
    }

    @Test(arguments: ["extra.txt", ".hidden"])
    func anAddedFileIsNamed(name: String) throws {
        let package = try written()
        try Data().write(to: URL(fileURLWithPath: "\(package.folder)/\(name)"))
        #expect(refusal(package.folder)?.message.contains("'\(name)' was added") == true)
    }

    @Test(arguments: ["../secret", "/etc/hostname", "model.onnx/../x", "", "manifest.json", "MODEL.onnx"])
    func aFileThatNoPackageHasIsNotEvenOpened(name: String) throws {
        let package = try written()
        try Data("secret".utf8).write(to: URL(fileURLWithPath: folder.path("secret")))
        var manifest = package.manifest
        manifest.files[name] = .init(sha256: SHA256Digest(of: Data("secret".utf8)), bytes: 6)
        try write(manifest, of: package)
        #expect(refusal(package.folder)?.message.contains("lists '\(name)', which is no file of a package") == true)
    }

    @Test func aNewerLayoutAsksForANewerSlipway() throws {
        let package = try written()
        for text in ["{\"format\":2,\"parts\":[]}", "{\"format\":99,\"model\":\"m\",\"files\":{}}"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(package.folder)/manifest.json"))
            #expect(refusal(package.folder)?.message.contains("which a newer Slipway wrote") == true)
        }
        for format in [0, -1] {
            var manifest = package.manifest
            manifest.format = format
            try write(manifest, of: package)
            #expect(refusal(package.folder)?.message.contains("cannot be read") == true)
        }
    }

    @Test func aFolderThatIsNoPackageSaysSo() {
        #expect(refusal(folder.path)?.message == "\(folder.path) is no package: it has no manifest.json")
        #expect(refusal(folder.path("nowhere"))?.kind == .corruptPackage)
    }

    /// Changes of a signature that leave it readable but not fit for its model.
    static let misfits: [(String, @Sendable (inout Signature) -> Void)] = [
        ("which is no input", { $0.inputs[0].slot.input = "z" }),
        ("do not fill input 'x'", { $0.inputs[0].slot.index = 7 }),
        ("do not fill input 'x'", { $0.inputs[0].slot.index = -1 }),
        ("do not fill input 'x'", { $0.inputs[0].slot.index = 1 }),
        ("do not fill input 'x'", { $0.inputs.removeLast() }),
        ("do not fill input 'x'", { $0.inputs = [] }),
        ("is of another type", { $0.inputs[1].elementType = .string }),
        ("is of another type", { $0.inputs[1].type = .string }),
        ("a name of a field repeats", { $0.inputs[1].name = $0.inputs[0].name }),
    ]

    @Test(arguments: misfits)
    func aSignatureThatDoesNotFitItsModelIsRefused(
        _ reason: String, _ change: @Sendable (inout Signature) -> Void
    ) throws {
        let package = try written()
        var signature = package.signature
        change(&signature)
        try forge(package, "signature.json", JSONEncoder().encode(signature))
        let error = refusal(package.folder)
        #expect(error?.kind == .corruptPackage)
        #expect(error?.message.contains(reason) == true, "\(error?.message ?? "")")
    }

    @Test(arguments: ["signature.json", "lineage.json", "golden.json", "baseline.json", "metrics.json"])
    func aForgedPartIsReadOrRefusedButNeverTraps(name: String) throws {
        let package = try written()
        let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(package.folder)/\(name)")))
        var generator = SeededGenerator(seed: 20_260_301)
        var refused = 0
        for _ in 0..<400 {
            try forge(package, name, Data(generator.mutating(original)))
            do throws(ModelError) {
                let opened = try Package(at: package.folder)
                // What is read from a sound package must be usable without a trap.
                let model = Model(
                    signature: opened.signature, graph: opened.graph, predictor: FixedPredictor.adding(1))
                _ = try opened.golden.map { golden throws(ModelError) in
                    golden.difference(from: try model.predict(rows: golden.rows))
                }
            } catch {
                refused += 1
                #expect(!error.message.isEmpty)
            }
        }
        #expect(refused > 100)
    }

    @Test func aMutatedManifestIsRefusedAsWhatItIs() throws {
        let package = try written()
        let path = URL(fileURLWithPath: "\(package.folder)/manifest.json")
        let original = [UInt8](try Data(contentsOf: path))
        var generator = SeededGenerator(seed: 20_260_302)
        var refused = 0
        for _ in 0..<3_000 {
            try Data(generator.mutating(original)).write(to: path)
            do throws(ModelError) {
                _ = try Package(at: package.folder, expecting: package.digest)
            } catch {
                refused += 1
                #expect(error.kind == .corruptPackage)
            }
        }
        #expect(refused > 2_000)
    }
}
