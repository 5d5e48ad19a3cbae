import ArgumentParser
import SlipwayData
import SlipwayPipelines

/// Takes a snapshot of the rows that a name of the project stands for.
struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Keep the rows of a query as an immutable snapshot, named by their content.",
        discussion: """
            Example:  slipway data snapshot churn

            The name is that of an entry under snapshots, a model (its training rows), or a feature view. The training \
            rows of a model are split as well, into those to train on and those held out.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of a snapshot, a model, or a feature view.") var name: String

    func run() async throws {
        let platform = try options.platform()
        let subject = try platform.project.snapshotSubject(named: name)
        let isModel = platform.project.snapshots[name]?.rows == nil && platform.project.models[name]?.training != nil
        guard isModel else {
            return try show(try await SnapshotTaking(platform: platform, subject: subject).run(), split: nil)
        }
        let (rows, taking) = try await Retraining(platform: platform, model: name).freshRows()
        try show(taking, split: rows)
    }

    private func show(_ taking: SnapshotTaking.Outcome, split: SplitRows?) throws {
        if let reason = taking.keptAll { try Terminal.print("nothing was removed: \(reason)", to: .error) }
        let snapshot = taking.snapshot
        guard !options.json else {
            var document = SnapshotText.json(of: snapshot)
            document["unchanged"] = .boolean(taking.isUnchanged)
            document["removed"] = .array(taking.removed.map { .string($0.reference) })
            if let split {
                document["train"] = .string(split.trainingFile)
                document["held_out"] = .string(split.heldOutFile)
                document["training_rows"] = .integer(Int64(split.trainingRows))
                document["held_out_rows"] = .integer(Int64(split.heldOutRows))
            }
            return try Terminal.print(.object(document))
        }
        let what = taking.isUnchanged ? "unchanged since \(snapshot.manifest.takenAt)" : snapshot.folder
        try Terminal.print(
            "snapshot \(snapshot.reference): \(CountText.text(snapshot.manifest.rowCount)) rows, \(what)")
        if let split {
            try Terminal.print("  \(CountText.text(split.trainingRows)) rows to train on:  \(split.trainingFile)")
            try Terminal.print("  \(CountText.text(split.heldOutRows)) rows held out:     \(split.heldOutFile)")
        }
        for line in SnapshotText.removal(taking.removed) { try Terminal.print(line) }
    }
}
