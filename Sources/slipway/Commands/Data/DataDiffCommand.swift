import ArgumentParser
import SlipwayData

/// Shows how the rows of one snapshot differ from those of another.
struct DataDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show how the rows of two snapshots differ: columns, count, and what they hold.",
        discussion: """
            Example:  slipway data diff churn@3fa9 churn
            Example:  slipway data diff churn

            With one snapshot, it is compared with the one that was the latest before it was taken.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The earlier snapshot: churn@3fa9, or churn for the latest one.") var before: String
    @Argument(help: "The later snapshot.") var after: String?

    func run() async throws {
        let references = try [before, after].compactMap(\.self).map(SnapshotReference.init(parsing:))
        let folder = try options.platform().snapshots
        let named = try references.map { reference throws(DataError) in try folder.snapshot(reference) }
        let pair = named.count == 2 ? named : [try Self.parent(of: named[0], in: folder), named[0]]
        let profiles = try await BlockingWork.run { () throws(DataError) in
            [try folder.profile(of: pair[0]), try folder.profile(of: pair[1])]
        }
        let comparison = SnapshotComparison(
            before: pair[0], after: pair[1], difference: TableDifference(from: profiles[0], to: profiles[1]))
        if options.json {
            try Terminal.print(.object(comparison.document))
        } else {
            try Terminal.write(comparison.text)
        }
    }

    private static func parent(of snapshot: Snapshot, in folder: SnapshotFolder) throws(DataError) -> Snapshot {
        guard let parent = snapshot.manifest.parent else {
            throw DataError(
                .unreadable, "\(snapshot.reference) is the first of its name, so there is none before it",
                hint: "Name two snapshots: slipway data diff A B")
        }
        return try folder.snapshot(SnapshotReference(name: snapshot.name, selector: .digest(prefix: parent.hex)))
    }
}
