import Foundation
import SlipwayData
import SlipwayTesting
import Testing

struct SnapshotFolderTests {
    private let folder: TemporaryFolder
    private let moment = Timestamp(milliseconds: 1_800_000_000_125)
    private let origin = SnapshotOrigin(source: "crm", sourceType: "sqlite", query: "select 1")

    init() throws { folder = try TemporaryFolder() }

    private static func rows(_ count: Int = 200) throws -> Table {
        try Table(columns: [
            Column(name: "id", values: .integers((0..<count).map { Int64($0 / 4) })),
            Column(name: "note", values: .strings((0..<count).map { "row \($0), \"quoted\"" })),
        ])
    }

    private func snapshots(secondsLater: Int64 = 0) -> SnapshotFolder {
        let moment = moment.adding(milliseconds: secondsLater * 1_000)
        return SnapshotFolder(path: folder.path("snapshots"), parquet: PlainParquetFiles(), now: { moment })
    }

    @discardableResult
    private func take(_ count: Int, secondsLater: Int64 = 0, as name: String = "churn") throws -> SnapshotFolder.Taking
    {
        try snapshots(secondsLater: secondsLater).take(Self.rows(count), as: name, from: origin)
    }

    private func names(_ path: String = "snapshots/churn") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path(path))) ?? []).sorted()
    }

    @Test func whatIsTakenIsThere() throws {
        let taking = try take(200)
        let snapshot = try snapshots().snapshot(SnapshotReference(parsing: "churn"))
        #expect(snapshot == taking.snapshot && !taking.isUnchanged)
        #expect(snapshot.manifest.origin == origin)
        #expect(snapshot.manifest.rowCount == 200 && snapshot.manifest.takenAt == moment)
        #expect(snapshot.manifest.parent == nil)
        #expect(snapshot.digest == TableDigest.of(try Self.rows()))
        #expect(try snapshots().table(of: snapshot) == Self.rows())
        #expect(try snapshots().verify(snapshot).isIntact)
        #expect(names("snapshots/churn/\(snapshot.digest.short)") == ["data.parquet", "manifest.json"])
    }

    @Test func theSameRowsInAnotherOrderAreTheSameSnapshot() throws {
        let first = try take(200).snapshot
        let backward = try Self.rows().selecting(rows: (0..<200).reversed())
        let again = try snapshots(secondsLater: 60).take(backward, as: "churn", from: origin)
        #expect(again.isUnchanged && again.snapshot == first)
        #expect(snapshots().listing().snapshots.count == 1)
    }

    @Test func eachNamesTheOneBeforeAsItsParent() throws {
        let first = try take(10).snapshot
        let second = try take(20, secondsLater: 1).snapshot
        #expect(second.manifest.parent == first.digest)
        #expect(snapshots().listing(of: "churn").snapshots == [second, first])
        #expect(snapshots().names == ["churn"])
    }

    @Test func theLatestIsTheOneSeenLastNotTheOneTakenLast() throws {
        let first = try take(10).snapshot
        let second = try take(20, secondsLater: 1).snapshot
        #expect(snapshots().latest(of: "churn") == second)
        try take(10, secondsLater: 2)
        #expect(snapshots().latest(of: "churn") == first)
        let third = try take(30, secondsLater: 3).snapshot
        #expect(third.manifest.parent == first.digest)
        try folder.write("{", to: "snapshots/churn/latest.json")
        #expect(snapshots().latest(of: "churn") == third)
    }

    @Test func aReferenceMeansOneSnapshot() throws {
        let snapshot = try take(10).snapshot
        for text in ["churn", "churn@latest", "churn@\(snapshot.digest.hex.prefix(4))", "churn@\(snapshot.digest)"] {
            #expect(try snapshots().snapshot(SnapshotReference(parsing: text)) == snapshot)
        }
        for (text, hint) in [("churn@0000", snapshot.reference), ("churm", "Did you mean 'churn'?")] {
            let error = #expect(throws: DataError.self) {
                try snapshots().snapshot(SnapshotReference(parsing: text))
            }
            #expect(error?.kind == .unreadable && error?.hint?.contains(hint) == true, "\(error?.hint ?? "")")
        }
    }

    @Test func aChangedByteIsFound() throws {
        let snapshot = try take(50).snapshot
        let bytes = try [UInt8](Data(contentsOf: URL(filePath: snapshot.dataFile)))
        for place in [0, bytes.count / 2, bytes.count - 1] {
            var damaged = bytes
            damaged[place] ^= 1
            try Data(damaged).write(to: URL(filePath: snapshot.dataFile))
            #expect(try snapshots().verify(snapshot).damages.first?.contains("were changed") == true)
            for read in [
                { _ = try snapshots().table(of: snapshot) }, { _ = try snapshots().profile(of: snapshot) },
                { _ = try take(50) },
            ] as [() throws -> Void] {
                let error = #expect(throws: DataError.self) { try read() }
                #expect(error?.kind == .unreadable && error?.message.contains("is damaged") == true)
            }
        }
        try Data(bytes.dropLast()).write(to: URL(filePath: snapshot.dataFile))
        #expect(try snapshots().verify(snapshot).damages.first?.contains("bytes, and had") == true)
        try FileManager.default.removeItem(atPath: snapshot.dataFile)
        #expect(try snapshots().verify(snapshot).damages.first?.contains("is not there") == true)
    }

    @Test func aManifestThatWasChangedIsListedAsBroken() throws {
        let snapshot = try take(50).snapshot
        try take(60, secondsLater: 1)
        let name = "snapshots/churn/\(snapshot.digest.short)/manifest.json"
        try folder.write(folder.text(of: name).replacing("\"rows\": 50", with: "\"rows\": 51"), to: name)
        let listing = snapshots().listing()
        #expect(listing.snapshots.map(\.manifest.rowCount) == [60])
        #expect(listing.broken.map(\.folder) == [snapshot.folder])
        let error = #expect(throws: DataError.self) {
            try snapshots().snapshot(SnapshotReference(parsing: "churn@\(snapshot.digest.short)"))
        }
        #expect(error?.message.contains("is damaged") == true)
    }

    @Test func whatAKilledProcessLeftIsNotListedAndIsSwept() throws {
        try take(10)
        for name in [".incoming-1", ".removed-2"] {
            try FileManager.default.createDirectory(
                atPath: folder.path("snapshots/churn/\(name)"), withIntermediateDirectories: true)
            try folder.write("half", to: "snapshots/churn/\(name)/data.parquet")
        }
        try FileManager.default.createDirectory(
            atPath: folder.path("snapshots/other"), withIntermediateDirectories: true)
        #expect(snapshots().listing().snapshots.count == 1 && snapshots().listing().broken.isEmpty)
        try take(20, secondsLater: 1)
        #expect(names().allSatisfy { !$0.hasPrefix(".incoming") && !$0.hasPrefix(".removed") })
        #expect(names().count == 4)
    }

    @Test func manyThatTakeItAtOnceGetTheSameOne() async throws {
        let folders = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try take(200).snapshot.folder } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(folders.count == 1)
        #expect(snapshots().listing().snapshots.count == 1)
    }

    @Test func aSnapshotThatIsHeldIsNotRemoved() throws {
        let snapshot = try take(10).snapshot
        let hold = try snapshots().hold(snapshot)
        defer { withExtendedLifetime(hold) {} }
        #expect(try !snapshots().remove(snapshot))
        #expect(try snapshots().table(of: snapshot).rowCount == 10)
    }

    @Test func whoTookASnapshotHoldsIt() throws {
        let taking = try take(10)
        #expect(try !snapshots().remove(taking.snapshot))
        withExtendedLifetime(taking) {}
    }

    @Test func aSnapshotThatIsRemovedIsGone() throws {
        let snapshot = try take(10).snapshot
        #expect(try snapshots().remove(snapshot))
        #expect(snapshots().listing().snapshots.isEmpty && snapshots().names.isEmpty)
        #expect(throws: DataError.self) { try snapshots().hold(snapshot) }
    }

    @Test func derivedFilesAreKeptAndDamagedOnesWrittenAgain() throws {
        let snapshot = try take(10).snapshot
        var count = 0
        func derive() throws -> String {
            try snapshots().derive("copy", of: snapshot) { folder throws(DataError) in
                count += 1
                try AtomicFile.write(Array("text".utf8), to: "\(folder)/a.txt")
            }
        }
        let path = try derive()
        #expect(try derive() == path && count == 1)
        try Data("test".utf8).write(to: URL(filePath: "\(path)/a.txt"))
        #expect(try String(contentsOfFile: "\(derive())/a.txt", encoding: .utf8) == "text" && count == 2)
        #expect(try snapshots().verify(snapshot).isIntact)
    }

    @Test(arguments: [["a", "A"], [""], ["a\0b"]])
    func columnsThatAFileCannotTellApartAreRefused(columns: [String]) throws {
        let table = try Table(columns: columns.map { Column(name: $0, values: .integers([1])) })
        let error = #expect(throws: DataError.self) { try snapshots().take(table, as: "churn", from: origin) }
        #expect(error?.kind == .malformed && error?.hint != nil)
    }

    @Test(arguments: ["", "..", "a/b", "Churn", "a b", ".incoming-1"])
    func aNameThatIsNoneIsRefused(name: String) throws {
        let error = #expect(throws: DataError.self) { try take(10, as: name) }
        #expect(error?.kind == .malformed)
        #expect(try folder.names.isEmpty)
    }

    @Test func withoutAWriterThereIsNoSnapshot() throws {
        let without = SnapshotFolder(path: folder.path, parquet: PlainParquetFiles(absence: "install it: apt"))
        let error = #expect(throws: DataError.self) { try without.take(Self.rows(), as: "churn", from: origin) }
        #expect(error?.message.contains("install it: apt") == true)
        #expect(try folder.names.isEmpty)
    }

    @Test func aFullDiskLeavesNothing() async {
        // A limit on the size of files stands for the full disk; it holds for a whole process, so one of its own.
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 1024, rlim_max: 1024)
            #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
            let snapshots = SnapshotFolder(path: folder.path, parquet: PlainParquetFiles())
            let error = #expect(throws: DataError.self) {
                try snapshots.take(
                    Self.rows(), as: "churn", from: SnapshotOrigin(source: "crm", sourceType: "csv", query: ""))
            }
            #expect(error?.kind == .unwritable)
            #expect(snapshots.listing() == SnapshotFolder.Listing())
            let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/churn")
            #expect(left == [".lock"])
        }
    }
}
