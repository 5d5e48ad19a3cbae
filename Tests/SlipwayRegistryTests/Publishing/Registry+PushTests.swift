import Foundation
import SlipwayData
import SlipwayModel
import SlipwayRegistry
import SlipwayTesting
import Testing

struct RegistryPushTests {
    private let bench: Workbench
    private let registry: Registry

    init() throws {
        bench = try Workbench()
        registry = bench.registry()
    }

    @Test func aModelWithExamplesBecomesACheckedVersion() throws {
        let pushed = try registry.push(Workbench.submission(examples: Workbench.rows()), by: "ada")
        #expect(pushed.isNew)
        #expect(pushed.version.reference == "churn@1")
        #expect(pushed.checks.map(\.name) == ["integrity", "graph", "engine", "golden rows", "parity", "metrics"])
        #expect(pushed.checks.allSatisfy { $0.isPassed })
        let package = pushed.package
        #expect(package.signature.inputs.map(\.name) == ["age", "income", "contract", "region"])
        #expect(package.signature.task.kind == .binary)
        #expect(package.signature.task.target == "churn")
        #expect(package.baseline?.rows == 150)
        #expect(package.golden?.rows.count == GoldenRows.rowCountMax)
        #expect(try #require(package.metrics?["accuracy"].number) > 0.8)
        #expect(package.card()?.contains("Predicts `churn`: No or Yes") == true)
        #expect(try store().audit(model: "churn", limit: 10).map(\.action) == [.push])
    }

    @Test func whatPeopleSayOfTheModelIsKeptAndStandsInTheCard() throws {
        var submission = try Workbench.submission()
        let plain = try registry.push(submission, by: "ada")
        #expect(plain.package.notes.isEmpty)
        #expect(plain.package.manifest.files["notes.json"] == nil)
        submission.notes = ModelNotes(purpose: "Finds who leaves.", owner: "the team", limits: "Not for companies.")
        let pushed = try registry.push(submission, by: "ada")
        #expect(pushed.isNew && pushed.package.notes == submission.notes)
        let card = try #require(pushed.package.card())
        for part in ["Finds who leaves.", "Answered for by the team.", "Not for companies."] {
            #expect(card.contains(part))
        }
    }

    @Test func theExamplesComeBackAsTheyWerePushed() throws {
        let rows = try Workbench.rows(50)
        let package = try registry.push(Workbench.submission(examples: rows), by: "ada").package
        let kept = try #require(try package.examples())
        #expect(Set(kept.names) == Set(rows.names))
        #expect(try kept.selecting(columns: rows.names) == rows)
    }

    @Test func aModelThatCannotAnswerAPlainRowSaysWhy() throws {
        let pushed = try bench.registry(engines: [MuteEngine()]).push(Workbench.submission(), by: "ada")
        let trial = try #require(pushed.checks.first { $0.name == "trial row" })
        #expect(trial.word == "not run")
        #expect(trial.reason.contains("no voice"))
        #expect(!pushed.checks.contains { $0.isFailed })
    }

    private struct MuteEngine: InferenceEngine, Predictor {
        let name = "mute"
        let engineName = "mute"

        func support(for graph: Graph) -> EngineSupport { .supported }

        func load(_ graph: Graph) throws(ModelError) -> any Predictor { self }

        func predict(_ inputs: [String: Tensor]) throws(ModelError) -> [PredictorOutput] {
            throw ModelError(.inferenceFailed, "no voice")
        }
    }

    @Test func ignoredColumnsAreNotKept() throws {
        let options = SignatureOptions(target: "churn", ignoredColumns: ["channel"])
        let package = try registry.push(
            Workbench.submission(examples: Workbench.rows(), options: options), by: "ada"
        ).package
        #expect(try package.examples()?.names == ["age", "income", "contract", "region", "churn"])
    }

    @Test func theSameContentIsOneVersion() throws {
        let submission = try Workbench.submission(examples: Workbench.rows())
        let first = try registry.push(submission, by: "ada")
        let second = try registry.push(submission, by: "bob")
        #expect(!second.isNew)
        #expect(second.version == first.version)
        #expect(bench.packageNames == [first.version.digest.hex])
        #expect(try store().audit(model: "churn", limit: 10).count == 1)
    }

    @Test func theSameContentPushedByManyAtOnceIsOneVersion() async throws {
        let submission = try Workbench.submission(examples: Workbench.rows())
        let registry = registry
        let pushes = try await withThrowingTaskGroup(of: Registry.Push.self) { group in
            for index in 0..<8 { group.addTask { try registry.push(submission, by: "person \(index)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(pushes.map(\.version.number)) == [1])
        #expect(pushes.count { $0.isNew } == 1)
        #expect(bench.packageNames == [pushes[0].version.digest.hex])
    }

    @Test func aModelWithoutExamplesIsAVersionWhoseChecksCouldNotRun() throws {
        let pushed = try registry.push(Workbench.submission(options: SignatureOptions()), by: "ada")
        #expect(pushed.checks.filter { $0.word == "not run" }.map(\.name) == ["golden rows", "metrics"])
        #expect(pushed.checks.first { $0.name == "trial row" }?.isPassed == true)
        #expect(!pushed.checks.contains { $0.isFailed })
        #expect(try pushed.package.examples() == nil)
        #expect(try registry.promote(pushed.version, to: "production", by: "ada").deployment?.champion == 1)
    }

    @Test func wholeNumbersInAFileFillATextField() throws {
        let rows = try Workbench.rows(40)
        let coded = try Table(
            columns: rows.columns.map { column in
                guard column.name == "region" else { return column }
                return Column(name: "region", values: .integers((0..<40).map { $0 % 3 }))
            })
        let package = try registry.push(Workbench.submission(examples: coded), by: "ada").package
        #expect(package.signature.input(named: "region")?.type == .string)
        #expect(package.signature.input(named: "region")?.categories == ["0", "1", "2"].map { .string($0) })
    }

    @Test func whatIsNoModelRegistersNothing() throws {
        var submission = try Workbench.submission()
        submission.model = Data("no model".utf8)
        #expect(throws: ModelError.self) { try registry.push(submission, by: "ada") }
        submission = try Workbench.submission()
        submission.name = "Churn Model"
        let error = #expect(throws: RegistryError.self) { try registry.push(submission, by: "ada") }
        #expect(error?.kind == .invalidName)
        #expect(bench.packageNames.isEmpty)
        #expect(try store().models().isEmpty)
    }

    @Test func examplesThatTheModelCannotReadRegisterNothing() throws {
        let rows = try Workbench.rows(30).selecting(columns: ["age", "contract", "region", "churn"])
        let error = #expect(throws: ModelError.self) {
            try registry.push(Workbench.submission(examples: rows), by: "ada")
        }
        #expect(error?.field == "income")
        #expect(bench.packageNames.isEmpty)
        #expect(try store().models().isEmpty)
    }

    @Test func aDamagedPackageIsMendedByPushingAgain() throws {
        let submission = try Workbench.submission(examples: Workbench.rows())
        let pushed = try registry.push(submission, by: "ada")
        try Data("{}".utf8).write(to: URL(fileURLWithPath: pushed.package.folder + "/golden.json"))
        #expect(throws: ModelError.self) { try registry.package(of: pushed.version) }
        #expect(try registry.push(submission, by: "ada").version == pushed.version)
        #expect(try registry.package(of: pushed.version).golden == pushed.package.golden)
        #expect(bench.packageNames == [pushed.version.digest.hex])
    }

    @Test func aFullDiskLeavesNoVersionAndNoHalfPackage() async {
        // A limit on the size of files stands for the full disk; it holds for a whole process, so one of its own.
        await #expect(processExitsWith: .success) {
            let bench = try Workbench()
            let submission = try Workbench.submission(examples: Workbench.rows())
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 4096, rlim_max: 4096)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let error = #expect(throws: DataError.self) { try bench.registry().push(submission, by: "ada") }
            #expect(error?.kind == .unwritable)
            #expect(bench.packageNames.isEmpty)
            #expect(try bench.store.models().isEmpty)
        }
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        let file = bench.folder + "/file"
        try Data().write(to: URL(fileURLWithPath: file))
        let registry = Registry(store: bench.store, packagesFolder: file + "/packages", engines: registry.engines)
        let error = #expect(throws: DataError.self) { try registry.push(Workbench.submission(), by: "ada") }
        #expect(error?.kind == .unwritable)
        #expect(error?.message.contains(file) == true)
        #expect(try store().models().isEmpty)
    }

    private func store() -> any RegistryStore { bench.store }
}
