import ArgumentParser
import SlipwayData

/// Compares every byte and every row of snapshots with what was noted when they were taken, and copies in environments
/// with them.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that snapshots are as they were when they were taken.",
        discussion: """
            Example:  slipway data verify churn@3fa9
            Example:  slipway data verify customers@3fa9 --in test --in production

            The bytes of the file, the number of rows, and the digest of their content are compared with the manifest. \
            Without a snapshot, all are checked. With --in, every row that an environment serves of the feature view is \
            read back and compared with the snapshot. The exit code is 1 when one is damaged, or not equal.
            """)

    @OptionGroup var options: ProjectOptions
    @Argument(help: "The snapshot: churn@3fa9, or churn for the latest one; all without it.") var snapshot: String?
    @Option(name: .customLong("in"), help: "An environment whose copy of the view is compared; may be said repeatedly.")
    var environments: [String] = []
    @Option(help: "The feature view that is compared. (default: the one of the snapshot's name)") var view: String?

    func validate() throws {
        if !environments.isEmpty, snapshot == nil {
            throw ValidationError("--in compares with a snapshot: slipway data verify customers --in test")
        }
        if view != nil, environments.isEmpty { throw ValidationError("--view needs --in") }
    }

    /// A snapshot, or what should be one, and what is wrong with it.
    private struct Finding {
        var name: String
        var rowCount: Int?
        var digest: SHA256Digest?
        var damages: [String]
        var copies: [CopyVerification] = []

        var isWhole: Bool { damages.isEmpty && copies.allSatisfy { $0.differences.isEmpty } }
    }

    private var snapshotName: String { snapshot.flatMap { try? SnapshotReference(parsing: $0).name } ?? "" }

    func run() async throws {
        let reference = try snapshot.map(SnapshotReference.init(parsing:))
        let platform = try options.platform()
        let folder = platform.snapshots
        var listing = SnapshotFolder.Listing()
        if let reference { listing.snapshots = [try folder.snapshot(reference)] } else { listing = folder.listing() }
        var findings: [Finding] = []
        for snapshot in listing.snapshots {
            let result = try await BlockingWork.run { () throws(DataError) in try folder.verify(snapshot) }
            var finding = Finding(
                name: snapshot.reference, rowCount: result.rowCount, digest: result.digest, damages: result.damages)
            if result.isIntact { finding.copies = try await copies(of: snapshot, on: platform) }
            findings.append(finding)
        }
        findings += listing.broken.map { Finding(name: $0.folder, damages: [$0.reason]) }
        try show(findings)
        if findings.contains(where: { !$0.isWhole }) { throw ExitCode(Slipway.failedStatus) }
    }

    /// What the environments hold that were asked for.
    private func copies(of snapshot: Snapshot, on platform: Platform) async throws -> [CopyVerification] {
        guard !environments.isEmpty else { return [] }
        let configuration = try platform.project.feature(named: view ?? snapshot.name)
        let expected = try await platform.content(of: snapshot, in: configuration)
        var copies: [CopyVerification] = []
        for environment in environments {
            copies.append(
                try await CopyVerification(
                    of: configuration.name, in: environment, against: expected, on: platform))
        }
        return copies
    }

    private func show(_ findings: [Finding]) throws {
        guard !options.json else {
            let list = findings.map { finding -> JSONValue in
                var members: JSONObject = [
                    "snapshot": .string(finding.name), "intact": .boolean(finding.damages.isEmpty),
                    "rows": finding.rowCount.map { .integer(Int64($0)) } ?? .null,
                    "digest": finding.digest.map { .string($0.hex) } ?? .null,
                    "damages": .array(finding.damages.map(JSONValue.string)),
                ]
                if !environments.isEmpty { members["copies"] = .array(finding.copies.map(\.json)) }
                return .object(members)
            }
            return try Terminal.print(.object(["snapshots": .array(list)]))
        }
        if findings.isEmpty { try Terminal.print("there are no snapshots yet. Take one: slipway data snapshot NAME") }
        for finding in findings {
            if let rowCount = finding.rowCount, finding.damages.isEmpty {
                try Terminal.print("\(finding.name): intact, \(CountText.text(rowCount)) rows")
            }
            for damage in finding.damages { try Terminal.print("\(finding.name): damaged: \(damage)") }
            for line in finding.copies.flatMap({ $0.lines(of: view ?? snapshotName) }) { try Terminal.print(line) }
        }
    }
}
