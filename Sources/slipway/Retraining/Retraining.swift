import Foundation
import SlipwayData
import SlipwayModel
import SlipwayPipelines
import SlipwayRegistry

/// The way back from the data to a new champion: snapshot, train, package, judge, promote or refuse.
struct Retraining {
    /// What came of a retraining.
    struct Outcome {
        var rows: SplitRows
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

    /// The rows of a fresh snapshot on both sides of the split.
    func freshRows() async throws -> (rows: SplitRows, taking: SnapshotTaking.Outcome) {
        let subject = try platform.project.snapshotSubject(named: model.name)
        let taking = try await SnapshotTaking(platform: platform, subject: subject).run()
        return (try await split(taking.table, of: taking.snapshot), taking)
    }

    /// The rows of a snapshot that is there on both sides of the split.
    private func rows(of reference: SnapshotReference) async throws -> (rows: SplitRows, hold: SnapshotHold) {
        let folder = platform.snapshots
        let (snapshot, table, hold) = try await BlockingWork.run { () throws(DataError) in
            let snapshot = try folder.snapshot(reference)
            let hold = try folder.hold(snapshot)
            return (snapshot, try folder.table(of: snapshot), hold)
        }
        if let target = model.target, table[target] == nil {
            throw DataError(
                .missingColumn, "the rows of \(snapshot.reference) have no column '\(target)'",
                hint: "They have \(table.names.joined(separator: ", ")).")
        }
        return (try await split(table, of: snapshot), hold)
    }

    private func split(_ table: Table, of snapshot: Snapshot) async throws -> SplitRows {
        let (folder, split) = (platform.snapshots, HeldOutSplit(share: training.heldOutShare))
        // An entity that is judged at several moments must not be on both sides.
        let key = key ?? training.pointInTime?.histories.first?.join.key
        return try await BlockingWork.run { () throws(DataError) in
            try SplitRows(of: snapshot, rows: table, in: folder, parquet: Parts.parquet, split: split, key: key)
        }
    }

    /// Goes the whole way; the gate decides.
    ///
    /// - Parameters:
    ///   - reference: The snapshot to train on; `nil` for a fresh one.
    ///   - report: Called with a line for each stage.
    ///   - mayKeep: Asked right before anything is registered, and before it is promoted.
    func run(
        on reference: SnapshotReference?, in environment: String, by actor: String, report: (String) throws -> Void,
        mayKeep: () throws -> Void = {}
    ) async throws -> Outcome {
        _ = try platform.project.environment(named: environment)
        let (rows, hold): (SplitRows, SnapshotHold)
        if let reference {
            (rows, hold) = try await self.rows(of: reference)
        } else {
            let fresh = try await freshRows()
            for line in SnapshotText.removal(fresh.taking.removed) { try report(line) }
            (rows, hold) = (fresh.rows, fresh.taking.hold)
        }
        defer { withExtendedLifetime(hold) {} }
        let snapshot = rows.snapshot
        try report(
            "snapshot \(snapshot.reference): \(CountText.text(rows.trainingRows)) rows to train on, "
                + "\(CountText.text(rows.heldOutRows)) held out")
        let runFolder = "\(platform.project.folder.statePath)/runs/\(model.name)-\(UUID().uuidString.lowercased())"
        let trained = try await TrainingRun(
            command: training.command, folder: platform.project.folder.path, timeout: training.timeout,
            target: model.target, runFolder: runFolder
        ).train(on: rows)
        try report("trained in \(HumanText.duration(trained.duration)): \(training.command.joined(separator: " "))")
        try mayKeep()
        let push = try platform.registry.push(submission(trained, rows), by: actor)
        try report("\(push.version.reference) \(push.isNew ? "registered" : "is the same as before")")
        try mayKeep()
        let promotion = try platform.registry.promote(
            push.version, to: environment, by: actor, reason: "retrained on snapshot \(snapshot.reference)")
        return Outcome(rows: rows, push: push, promotion: promotion, trainingDuration: trained.duration)
    }

    private func submission(_ trained: TrainingRun.Result, _ rows: SplitRows) throws -> Submission {
        let source = try ModelSource(bytes: trained.model)
        var lineage = Lineage(
            origin: .retrain, dataDigest: rows.snapshot.digest, snapshot: rows.snapshot.reference,
            query: rows.snapshot.manifest.origin.query, trainingRows: rows.trainingRows, heldOutRows: rows.heldOutRows,
            codeRevision: CodeRevision.current(in: platform.project.folder.path), command: training.command,
            durationSeconds: trained.duration / .seconds(1))
        lineage.note(source)
        let options = model.signatureOptions(key: key)
        return Submission(
            name: model.name, model: source.onnx,
            examples: try RowsFile(path: rows.heldOutFile).examples(for: source.onnx, options: options),
            options: options, lineage: lineage, notes: model.notes)
    }
}
