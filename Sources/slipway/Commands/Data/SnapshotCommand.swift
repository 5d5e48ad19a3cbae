import ArgumentParser
import SlipwayData
import SlipwayPipelines

/// Takes a snapshot of a model's training rows, split into those to train on and those held out.
struct SnapshotCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Take a snapshot of a model's training rows, split for training and judging.",
        discussion: "Example:  slipway data snapshot churn")

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the model whose training rows are taken.") var model: String

    func run() async throws {
        let platform = try options.platform()
        let snapshot = try await Retraining(platform: platform, model: model).takeSnapshot()
        if options.json {
            try Terminal.print(
                .object([
                    "digest": .string(snapshot.digest.hex), "train": .string(snapshot.trainingFile),
                    "held_out": .string(snapshot.heldOutFile), "training_rows": .integer(Int64(snapshot.trainingRows)),
                    "held_out_rows": .integer(Int64(snapshot.heldOutRows)),
                ]))
        } else {
            try Terminal.print(
                """
                snapshot \(snapshot.digest.short) of \(snapshot.source)
                  \(CountText.text(snapshot.trainingRows)) rows to train on:  \(snapshot.trainingFile)
                  \(CountText.text(snapshot.heldOutRows)) rows held out:     \(snapshot.heldOutFile)
                """)
        }
    }
}
