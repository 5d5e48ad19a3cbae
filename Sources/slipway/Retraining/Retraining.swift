import Foundation
import SlipwayData
import SlipwayModel
import SlipwayPipelines
import SlipwayRegistry

/// The way back from the data to a new champion: snapshot, train, package, judge, promote or refuse.
struct Retraining {
    /// What came of a retraining.
    struct Outcome {
        var snapshot: Snapshot
        var push: Registry.Push
        var promotion: Registry.Promotion
        var trainingDuration: Duration
    }

    let platform: Platform
    private let model: ModelConfiguration
    private let training: TrainingConfiguration
    private let key: String?

    /// Prepares the retraining of a model.
    ///
    /// - Throws: ``ConfigurationError`` when the project does not say how the model is trained.
    init(platform: Platform, model name: String) throws {
        self.platform = platform
        model = try platform.project.model(named: name)
        guard let training = model.training else {
            throw ConfigurationError(
                .notFound, "\(platform.project.folder.file) does not say how \(name) is trained",
                hint: "Add models.\(name).train with a command and its data.")
        }
        self.training = training
        key = model.features.flatMap { platform.project.features[$0]?.key }
    }

    /// Takes a fresh snapshot of the training rows.
    func takeSnapshot() async throws -> Snapshot {
        let view = model.features.flatMap { platform.project.features[$0] }
        let source = try platform.source(named: training.source)
        var table = try await source.fetch(training.rows.query)
        if let view {
            // Training rows need not have every column that the view has.
            let policies = view.privacy.policies.filter { table[$0.key] != nil }
            let ciphers = try platform.ciphers(for: view).filter { table[$0.key] != nil }
            let digest = try platform.keyedDigest(for: view) ?? { _ in [] }
            table = try PrivacyFilter(policies: policies, ciphers: ciphers, keyedDigest: digest).apply(to: table)
        }
        if let target = model.target, table[target] == nil {
            throw DataError(
                .missingColumn, "the training rows of \(model.name) have no column '\(target)'",
                hint: "The query gives \(table.names.joined(separator: ", ")).")
        }
        return try platform.snapshots.take(
            table, query: training.rows.query, source: training.source,
            split: HeldOutSplit(share: training.heldOutShare), key: key)
    }

    /// Goes the whole way; the gate decides.
    ///
    /// - Parameter report: Called with a line for each stage.
    func run(in environment: String, by actor: String, report: (String) throws -> Void) async throws -> Outcome {
        _ = try platform.project.environment(named: environment)
        let snapshot = try await takeSnapshot()
        try report(
            "snapshot \(snapshot.digest.short): \(CountText.text(snapshot.trainingRows)) rows to train on, "
                + "\(CountText.text(snapshot.heldOutRows)) held out")
        let runFolder = "\(platform.project.folder.statePath)/runs/\(model.name)-\(UUID().uuidString.lowercased())"
        let trained = try await TrainingRun(
            command: training.command, folder: platform.project.folder.path, timeout: training.timeout,
            target: model.target, runFolder: runFolder
        ).train(on: snapshot)
        try report("trained in \(HumanText.duration(trained.duration)): \(training.command.joined(separator: " "))")
        let push = try platform.registry.push(submission(trained, snapshot), by: actor)
        try report("\(push.version.reference) \(push.isNew ? "registered" : "is the same as before")")
        let promotion = try platform.registry.promote(
            push.version, to: environment, by: actor, reason: "retrained on snapshot \(snapshot.digest.short)")
        return Outcome(snapshot: snapshot, push: push, promotion: promotion, trainingDuration: trained.duration)
    }

    private func submission(_ trained: TrainingRun.Result, _ snapshot: Snapshot) throws -> Submission {
        let source = try ModelSource(bytes: trained.model)
        var lineage = Lineage(
            origin: .retrain, dataDigest: snapshot.digest, query: snapshot.query, trainingRows: snapshot.trainingRows,
            heldOutRows: snapshot.heldOutRows,
            codeRevision: CodeRevision.current(in: platform.project.folder.path), command: training.command,
            durationSeconds: trained.duration / .seconds(1))
        lineage.note(source)
        let options = model.signatureOptions(key: key)
        return Submission(
            name: model.name, model: source.onnx,
            examples: try RowsFile(path: snapshot.heldOutFile).examples(for: source.onnx, options: options),
            options: options, lineage: lineage, notes: model.notes)
    }
}
