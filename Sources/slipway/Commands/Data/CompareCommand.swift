import ArgumentParser
import SlipwayData
import SlipwayFeatures

/// Tells whether two environments hold the same rows of a feature view.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare", abstract: "Tell whether two environments hold the same rows of a feature view.",
        discussion: """
            Every row that the two stores hold is read back, and both digests are compared. It ends with 0 where they are equal, and with 1 where they are not.

            Example:  slipway data compare customers --in test --in production
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The name of the feature view.") var view: String
    @Option(name: .customLong("in"), help: "An environment; say two.") var environments = ["test", "production"]

    func validate() throws {
        guard environments.count == 2 else {
            throw ValidationError("Two environments are compared: --in test --in production")
        }
    }

    func run() async throws {
        let platform = try options.platform()
        _ = try platform.project.feature(named: view)
        var copies: [FeatureGeneration] = []
        for environment in environments { copies.append(try await copy(in: environment, on: platform)) }
        let areEqual = copies[0].digest == copies[1].digest
        if options.json {
            let list = zip(environments, copies).map { environment, copy in
                JSONValue.object([
                    "environment": .string(environment), "rows": .integer(Int64(copy.rowCount)),
                    "digest": .string(copy.digest.hex), "replicated_at": .string(copy.replicatedAt.description),
                ])
            }
            try Terminal.print(
                .object(["view": .string(view), "equal": .boolean(areEqual), "copies": .array(list)]))
        } else {
            var table = TextTable("environment", .number("rows"), "replicated at", "digest")
            for (environment, copy) in zip(environments, copies) {
                table.append(
                    environment, CountText.text(copy.rowCount), copy.replicatedAt.description, copy.digest.short)
            }
            try Terminal.write(table.text)
            try Terminal.print("\(view): the rows are \(areEqual ? "equal" : "not equal")")
        }
        guard areEqual else { throw ExitCode(1) }
    }

    /// The live copy of an environment, with the rows and the digest that were just read.
    private func copy(in environment: String, on platform: Platform) async throws -> FeatureGeneration {
        let store = try platform.featureStore(of: environment)
        guard var copy = try store.live(view) else {
            throw FeatureError(
                .notReplicated, "feature view '\(view)' has never been replicated to \(environment)",
                hint: "Run slipway data replicate \(view) --to \(environment).")
        }
        let content = try await store.content(of: copy)
        (copy.rowCount, copy.digest) = (content.rowCount, content.digest)
        return copy
    }
}
