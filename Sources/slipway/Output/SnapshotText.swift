import SlipwayData
import SlipwayPipelines

/// How commands show snapshots.
enum SnapshotText {
    /// A snapshot as JSON members.
    static func json(of snapshot: Snapshot) -> JSONObject {
        let manifest = snapshot.manifest
        return [
            "name": .string(snapshot.name), "reference": .string(snapshot.reference),
            "digest": .string(snapshot.digest.hex), "rows": .integer(Int64(manifest.rowCount)),
            "columns": .integer(Int64(manifest.columns.count)), "taken_at": .string(manifest.takenAt.description),
            "source": .string(manifest.origin.source), "parent": manifest.parent.map { .string($0.hex) } ?? .null,
            "bytes": .integer(Int64(manifest.file.byteCount)), "folder": .string(snapshot.folder),
        ]
    }

    /// A line for each snapshot that retention removed.
    static func removal(_ removed: [Snapshot]) -> [String] {
        removed.map {
            "removed \($0.reference), taken \($0.manifest.takenAt) (\(HumanText.byteCount($0.manifest.file.byteCount)))"
        }
    }

    /// A table of snapshots.
    static func table(of snapshots: [Snapshot], latest: Set<String>) -> String {
        var table = TextTable("snapshot", .number("rows"), .number("columns"), .number("size"), "taken", "source", "")
        for snapshot in snapshots {
            let manifest = snapshot.manifest
            table.append(
                snapshot.reference, CountText.text(manifest.rowCount), CountText.text(manifest.columns.count),
                HumanText.byteCount(manifest.file.byteCount), "\(manifest.takenAt)", manifest.origin.source,
                latest.contains(snapshot.reference) ? "latest" : "")
        }
        return table.text
    }
}
