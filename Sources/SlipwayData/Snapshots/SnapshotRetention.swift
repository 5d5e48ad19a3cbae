/// How many snapshots of a name are kept, and how long.
public struct SnapshotRetention: Equatable, Sendable {
    /// The most that are kept; `nil` for any number.
    public var countMax: Int?
    /// The age from which one goes; `nil` for any age.
    public var ageMax: Duration?

    /// Makes a retention; without limits everything is kept.
    public init(countMax: Int? = nil, ageMax: Duration? = nil) {
        self.countMax = countMax
        self.ageMax = ageMax
    }

    /// The snapshots that may go: those beyond the newest ``countMax``, and those older than ``ageMax``.
    ///
    /// - Parameters:
    ///   - snapshots: All of a name, the newest first.
    ///   - latest: The one that was taken, or found unchanged, last; it stays.
    ///   - needed: The digests of those that something else names; they stay, and count among the newest.
    public func expired(
        among snapshots: [SnapshotManifest], latest: SHA256Digest?, needed: Set<SHA256Digest>, at now: Timestamp
    ) -> [SnapshotManifest] {
        snapshots.enumerated().filter { place, snapshot in
            guard snapshot.digest != latest, !needed.contains(snapshot.digest) else { return false }
            let age = Duration.milliseconds(now.milliseconds - snapshot.takenAt.milliseconds)
            return place >= countMax ?? .max || age > ageMax ?? age
        }.map(\.element)
    }
}
