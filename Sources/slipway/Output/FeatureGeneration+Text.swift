import SlipwayData
import SlipwayFeatures

extension FeatureGeneration {
    /// The snapshot that the rows are from, as people name it; `nil` for rows that came from their source.
    var snapshotText: String? {
        guard let snapshot, let at = snapshot.lastIndex(of: "@") else { return snapshot }
        let digest = SHA256Digest(hex: String(snapshot[snapshot.index(after: at)...]))
        return digest.map { "\(snapshot[..<at])@\($0.short)" } ?? snapshot
    }
}
