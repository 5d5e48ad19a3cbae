import Foundation
import SlipwayData
import Testing

struct SnapshotRetentionTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    /// The newest first, each a day older than the one before; the newest was taken now.
    private let snapshots = (0..<5).map { day in
        let digest = SHA256Digest(of: Data([UInt8(day)]))
        return SnapshotManifest(
            name: "churn", digest: digest, rowCount: 1, columns: [.init(name: "n", type: .integer)],
            takenAt: now.adding(milliseconds: Int64(-day) * 86_400_000),
            origin: SnapshotOrigin(source: "crm", sourceType: "sqlite", query: "select 1"), parent: nil,
            file: .init(byteCount: 1, digest: digest))
    }

    private func expired(_ retention: SnapshotRetention, latest: Int = 0, needed: [Int] = []) -> [Int] {
        let gone = retention.expired(
            among: snapshots, latest: snapshots[latest].digest, needed: Set(needed.map { snapshots[$0].digest }),
            at: Self.now)
        return snapshots.indices.filter { gone.contains(snapshots[$0]) }
    }

    @Test func withoutLimitsNothingGoes() {
        #expect(expired(SnapshotRetention()).isEmpty)
    }

    @Test(arguments: [(1, [1, 2, 3, 4]), (3, [3, 4]), (5, []), (9, [])])
    func theNewestAreKept(count: Int, gone: [Int]) {
        #expect(expired(SnapshotRetention(countMax: count)) == gone)
    }

    @Test func thoseThatAreTooOldGo() {
        let days = { (count: Int64) in SnapshotRetention(ageMax: .seconds(count * 86_400)) }
        #expect(expired(days(2)) == [3, 4])
        #expect(expired(SnapshotRetention(ageMax: .milliseconds(1))) == [1, 2, 3, 4])
    }

    @Test func eitherLimitIsEnough() {
        let retention = SnapshotRetention(countMax: 4, ageMax: .seconds(3 * 86_400))
        #expect(expired(retention) == [4])
        #expect(expired(SnapshotRetention(countMax: 2, ageMax: .seconds(3 * 86_400))) == [2, 3, 4])
    }

    @Test func whatIsNeededStaysAndCounts() {
        #expect(expired(SnapshotRetention(countMax: 2), needed: [1, 3]) == [2, 4])
    }

    @Test func theLatestStaysHoweverOldItIs() {
        #expect(expired(SnapshotRetention(countMax: 1, ageMax: .milliseconds(1)), latest: 4) == [1, 2, 3])
    }
}
