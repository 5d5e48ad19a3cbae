import ArgumentParser
import SlipwayData

/// Compares every byte and every row of snapshots with what was noted when they were taken.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that snapshots are as they were when they were taken.",
        discussion: """
            Example:  slipway data verify churn@3fa9

            The bytes of the file, the number of rows, and the digest of their content are compared with the manifest. \
            Without a snapshot, all are checked. The exit code is 1 when one is damaged.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The snapshot: churn@3fa9, or churn for the latest one; all without it.") var snapshot: String?

    /// A snapshot, or what should be one, and what is wrong with it.
    private struct Finding {
        var name: String
        var rowCount: Int?
        var digest: SHA256Digest?
        var damages: [String]
    }

    func run() async throws {
        let reference = try snapshot.map(SnapshotReference.init(parsing:))
        let folder = try options.platform().snapshots
        var listing = SnapshotFolder.Listing()
        if let reference { listing.snapshots = [try folder.snapshot(reference)] } else { listing = folder.listing() }
        var findings: [Finding] = []
        for snapshot in listing.snapshots {
            let result = try await BlockingWork.run { () throws(DataError) in try folder.verify(snapshot) }
            findings.append(
                Finding(
                    name: snapshot.reference, rowCount: result.rowCount, digest: result.digest,
                    damages: result.damages))
        }
        findings += listing.broken.map { Finding(name: $0.folder, damages: [$0.reason]) }
        try show(findings)
        if findings.contains(where: { !$0.damages.isEmpty }) { throw ExitCode(Slipway.failedStatus) }
    }

    private func show(_ findings: [Finding]) throws {
        guard !options.json else {
            let list = findings.map { finding -> JSONValue in
                .object([
                    "snapshot": .string(finding.name), "intact": .boolean(finding.damages.isEmpty),
                    "rows": finding.rowCount.map { .integer(Int64($0)) } ?? .null,
                    "digest": finding.digest.map { .string($0.hex) } ?? .null,
                    "damages": .array(finding.damages.map(JSONValue.string)),
                ])
            }
            return try Terminal.print(.object(["snapshots": .array(list)]))
        }
        if findings.isEmpty { try Terminal.print("there are no snapshots yet. Take one: slipway data snapshot NAME") }
        for finding in findings {
            if let rowCount = finding.rowCount, finding.damages.isEmpty {
                try Terminal.print("\(finding.name): intact, \(CountText.text(rowCount)) rows")
            }
            for damage in finding.damages { try Terminal.print("\(finding.name): damaged: \(damage)") }
        }
    }
}
