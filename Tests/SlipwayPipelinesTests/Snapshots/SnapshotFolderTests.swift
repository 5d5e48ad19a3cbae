import Foundation
import SlipwayData
import SlipwayPipelines
import SlipwayTesting
import Testing

struct SnapshotFolderTests {
    private let folder: TemporaryFolder
    private let moment = Timestamp(milliseconds: 1_800_000_000_125)

    init() throws { folder = try TemporaryFolder() }

    private static func rows(_ count: Int = 200) throws -> Table {
        try Table(columns: [
            Column(name: "id", values: .integers((0..<count).map { Int64($0 / 4) })),
            Column(name: "note", values: .strings((0..<count).map { "row \($0), \"quoted\"" })),
        ])
    }

    private func take(
        _ table: Table, share: Double = 0.2, key: String? = nil, at moment: Timestamp? = nil
    ) throws -> Snapshot {
        let moment = moment ?? self.moment
        return try SnapshotFolder(path: folder.path("snapshots"), now: { moment }).take(
            table, query: "select 1", source: "crm", split: HeldOutSplit(share: share), key: key)
    }

    private func count(_ path: String) throws -> Int { try CSVReader.table(contentsOf: path).rowCount }

    @Test func theFilesHoldEveryRowOnOneSide() throws {
        let table = try Self.rows()
        let snapshot = try take(table)
        let sides = try [snapshot.trainingFile, snapshot.heldOutFile].map { try CSVReader.table(contentsOf: $0) }
        #expect(sides.map(\.rowCount) == [snapshot.trainingRows, snapshot.heldOutRows])
        let together = try Table.concatenating(sides)
        #expect(Set((0..<200).map { together.row($0) }) == Set((0..<200).map { table.row($0) }))
        let lineage = try JSONValue(
            parsing: folder.text(of: "snapshots/\((snapshot.folder as NSString).lastPathComponent)/snapshot.json"))
        #expect(lineage["digest"] == .string(snapshot.digest.hex))
        #expect(lineage["query"] == .string("select 1"))
        #expect(lineage["taken_at"] == .string(moment.description))
        #expect(lineage["held_out_rows"] == .integer(Int64(snapshot.heldOutRows)))
    }

    @Test func theSameRowsAreTheSameSnapshotFirstTakenWhenItWas() throws {
        let first = try take(Self.rows())
        let second = try take(Self.rows(), at: moment.adding(milliseconds: 60_000))
        #expect(second.folder == first.folder)
        #expect(second.takenAt == first.takenAt)
        #expect(try folder.names == ["snapshots"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("snapshots")).count == 1)
    }

    @Test func otherRowsAreAnotherSnapshot() throws {
        #expect(try take(Self.rows(200)).folder != take(Self.rows(201)).folder)
    }

    @Test func theSameRowsSplitAnotherWayAreAnotherSnapshot() throws {
        let table = try Self.rows()
        let snapshots = try [take(table), take(table, key: "id"), take(table, share: 0.201), take(table, share: 0.5)]
        #expect(Set(snapshots.map(\.folder)).count == 4)
        for snapshot in snapshots { #expect(try count(snapshot.heldOutFile) == snapshot.heldOutRows) }
    }

    @Test func manyThatTakeItAtOnceGetTheSameOne() async throws {
        let folders = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try take(Self.rows()).folder } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(folders.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path("snapshots")).count == 1)
    }

    @Test func aDamagedSnapshotIsNamed() throws {
        let snapshot = try take(Self.rows())
        try FileManager.default.removeItem(atPath: snapshot.trainingFile)
        let error = #expect(throws: DataError.self) { try take(Self.rows()) }
        #expect(error?.kind == .unreadable)
        #expect(error?.message == "the snapshot in \(snapshot.folder) is damaged")
    }

    @Test func aFullDiskLeavesNothing() async {
        // A limit on the size of files stands for the full disk; it holds for a whole process, so one of its own.
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1024, rlim_max: 1024)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let error = #expect(throws: DataError.self) {
                try SnapshotFolder(path: folder.path).take(
                    Self.rows(), query: "", source: "crm", split: HeldOutSplit(), key: nil)
            }
            #expect(error?.kind == .unwritable)
            #expect(try folder.names.isEmpty)
        }
    }
}
