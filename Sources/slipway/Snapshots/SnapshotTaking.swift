import SlipwayData

/// Takes a snapshot of what a name stands for: fetch, join, cover, keep, and remove those that are too many.
struct SnapshotTaking {
    /// What came of it.
    struct Outcome {
        /// The snapshot.
        var snapshot: Snapshot
        /// Its rows.
        var table: Table
        /// Whether the same rows were kept before.
        var isUnchanged: Bool
        /// Keeps it from being removed while its rows are used.
        var hold: SnapshotHold
        /// The snapshots that retention removed.
        var removed: [Snapshot] = []
        /// Why retention removed none, where it could not tell which are needed.
        var keptAll: String?
    }

    let platform: Platform
    let subject: SnapshotSubject

    /// Takes it.
    func run() async throws -> Outcome {
        let (table, covered) = try await rows()
        let (folder, name, origin) = (platform.snapshots, subject.name, try origin(covered))
        let taking = try await BlockingWork.run { () throws(DataError) in
            try folder.take(table, as: name, from: origin)
        }
        var outcome = Outcome(
            snapshot: taking.snapshot, table: table, isUnchanged: taking.isUnchanged, hold: taking.hold)
        do {
            outcome.removed = try await prune()
        } catch {
            // The snapshot is taken; what must not go is not known, so nothing goes.
            outcome.keptAll = ErrorReport(error).lines.last?.message
        }
        return outcome
    }

    /// The rows as they are kept, and what was done to which of their columns.
    private func rows() async throws -> (table: Table, covered: [String: String]) {
        var table = try await platform.source(named: subject.rows.source).fetch(subject.query)
        guard table.rowCount > 0 else {
            throw DataError(
                .malformed, "the query of \(subject.name) returned no rows, so there is no snapshot of it",
                hint: "Check the source '\(subject.rows.source)'.")
        }
        var covered: [String: String] = [:]
        for history in histories {
            let rows = try await platform.source(named: history.source).fetch(history.query)
            table = try history.join.joining(table, with: try cover(rows, history.privacy), named: history.name)
            for (column, text) in history.privacy.texts { covered[history.join.prefix + column] = text }
        }
        // After the joins, which may need in clear what is covered, and without covering anything twice.
        let whereFound = subject.privacyWhereFound.limited { table[$0] != nil && covered[$0] == nil }
        let privacy = subject.rows.privacy.merging(whereFound)
        table = try cover(table, privacy)
        if let needed = subject.neededColumn, table[needed] == nil {
            throw DataError(
                .missingColumn, "the rows of \(subject.name) have no column '\(needed)'",
                hint: "The query gives \(table.names.joined(separator: ", ")).")
        }
        return (table, covered.merging(privacy.texts) { $1 })
    }

    private func cover(_ table: Table, _ privacy: ViewPrivacy) throws -> Table {
        privacy.columns.isEmpty ? table : try platform.filter(for: privacy).apply(to: table)
    }

    private var histories: [PointInTimeConfiguration.History] { subject.rows.pointInTime?.histories ?? [] }

    private func origin(_ covered: [String: String]) throws -> SnapshotOrigin {
        SnapshotOrigin(
            source: subject.rows.source,
            sourceType: try platform.project.source(named: subject.rows.source).kind.rawValue,
            query: SecretPolicy.redacted(subject.query),
            histories: histories.map {
                .init(source: $0.source, query: SecretPolicy.redacted($0.query), join: $0.join)
            }, privacy: covered, codeRevision: CodeRevision.current(in: platform.project.folder.path))
    }

    /// Removes what the retention of the name allows to go.
    private func prune() async throws -> [Snapshot] {
        guard subject.retention != SnapshotRetention() else { return [] }
        let folder = platform.snapshots
        let all = folder.listing(of: subject.name).snapshots
        let expired = subject.retention.expired(
            among: all.map(\.manifest), latest: folder.latest(of: subject.name)?.digest,
            needed: try platform.digestsInUse(), at: .now())
        var removed: [Snapshot] = []
        for manifest in expired {
            guard let snapshot = all.first(where: { $0.digest == manifest.digest }) else { continue }
            let isRemoved = try await BlockingWork.run { () throws(DataError) in try folder.remove(snapshot) }
            if isRemoved { removed.append(snapshot) }
        }
        return removed
    }
}
