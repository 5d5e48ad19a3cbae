import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwaySQL
import SlipwayTesting
import Testing

struct SQLiteSourceTests {
    let folder: TemporaryFolder
    let source: SQLiteSource

    init() throws {
        folder = try TemporaryFolder()
        source = SQLiteSource(name: "warehouse", path: folder.path("warehouse.db"))
        try SQLiteDatabase(path: source.path).writePeople()
    }

    @Test(arguments: DataSourceConformance.claims)
    func conforms(_ claim: ConformanceClaim<any DataSource>) async throws { try await claim.check(source) }

    @Test func aMissingFileIsNamedAndNotMade() async {
        let absent = SQLiteSource(name: "warehouse", path: folder.path("absent.db"))
        let error = await #expect(throws: DataError.self) { try await absent.fetch("select 1 as one") }
        #expect(error?.kind == .unreadable)
        #expect(error?.message.contains(absent.path) == true)
        #expect(!FileManager.default.fileExists(atPath: absent.path))
    }

    @Test func aReplacedFileIsSeenByTheNextFetch() async throws {
        #expect(try await source.fetch("select id from people").rowCount == 4)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: source.path + suffix) }
        try SQLiteDatabase(path: source.path).write { try $0.execute("create table people (id integer)") }
        #expect(try await source.fetch("select id from people").rowCount == 0)
    }

    @Test func aCellThatDoesNotFitItsDeclaredTypeIsRefusedByColumn() async throws {
        try SQLiteDatabase(path: source.path).write { try $0.execute("update people set height = 'tall' where id = 2") }
        let error = await #expect(throws: DataError.self) { try await source.fetch("select height from people") }
        #expect(error?.kind == .wrongType)
        #expect(error?.message.contains("'height'") == true)
        let table = try await source.fetch("select cast(height as text) as height from people where id = 2")
        #expect(table.row(0) == [.string("tall")])
    }

    @Test func aFileWithoutTheWriteAheadLogIsReadAndLeftAsItIs() async throws {
        let path = folder.path("plain.db")
        try SQLiteDatabase(path: path).write { try $0.execute("create table t (a integer)") }
        // Bytes 18 and 19 of the header choose the journal: 2 is the write-ahead log, 1 the rollback journal.
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.replaceSubrange(18...19, with: [1, 1])
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(try await SQLiteSource(name: "plain", path: path).fetch("select a from t").names == ["a"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))
    }
}
