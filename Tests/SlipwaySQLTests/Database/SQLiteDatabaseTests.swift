import Foundation
import SlipwayData
import SlipwaySQL
import SlipwayTesting
import Testing

struct SQLiteDatabaseTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(arguments: SQLDatabaseConformance.claims)
    func conforms(_ claim: ConformanceClaim<any SQLDatabase>) async throws {
        try await claim.check(try SQLiteDatabase(path: folder.path("conforming.db")))
    }

    @Test func theFolderOfAStoreIsMade() throws {
        let path = folder.path("a/b/test.db")
        _ = try SQLiteDatabase(path: path)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func aWriteThatThrowsLeavesNothing() throws {
        struct Stop: Error {}
        let database = try SQLiteDatabase(path: folder.path("test.db"))
        try database.write { try $0.execute("create table t (a integer)") }
        #expect(throws: Stop.self) {
            try database.write { connection in
                try connection.execute("insert into t values ($1)", [.integer(1)])
                throw Stop()
            }
        }
        #expect(try database.read { try $0.query("select a from t") }.isEmpty)
    }

    @Test func aReadMayNotWrite() throws {
        let database = try SQLiteDatabase(path: folder.path("test.db"))
        let error = #expect(throws: SQLError.self) {
            try database.read { try $0.execute("create table t (a integer)") }
        }
        #expect(error?.kind == .readOnly)
    }

    @Test func aReadOnlyStoreMayNotBeWritten() throws {
        _ = try SQLiteDatabase(path: folder.path("test.db"))
        let database = try SQLiteDatabase(path: folder.path("test.db"), options: .init(isReadOnly: true))
        let error = #expect(throws: SQLError.self) {
            try database.write { try $0.execute("create table t (a integer)") }
        }
        #expect(error?.kind == .readOnly)
    }

    @Test func aStoreThatIsNotThereIsNotMadeForReading() {
        let path = folder.path("absent.db")
        let error = #expect(throws: SQLError.self) {
            try SQLiteDatabase(path: path, options: .init(isReadOnly: true))
        }
        #expect(error?.kind == .unreadable)
        #expect(error?.message.contains(path) == true)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test(arguments: [true, false]) func aFileThatIsNoDatabaseIsCorrupt(isReadOnly: Bool) throws {
        let path = folder.path("notes.db")
        try Data(repeating: 0x41, count: 4_096).write(to: URL(fileURLWithPath: path))
        let error = #expect(throws: SQLError.self) {
            try SQLiteDatabase(path: path, options: .init(isReadOnly: isReadOnly))
        }
        #expect(error?.kind == .corrupt)
    }

    @Test func aStoreLockedByAnotherConnectionSaysSo() throws {
        let path = folder.path("test.db")
        let holder = try SQLiteDatabase(path: path)
        let waiter = try SQLiteDatabase(path: path, options: .init(busyTimeout: .milliseconds(50)))
        try holder.write { _ in
            let error = #expect(throws: SQLError.self) {
                try waiter.write { try $0.execute("create table t (a integer)") }
            }
            #expect(error?.kind == .locked)
            #expect(error?.message == "the store '\(path)' is locked by another process")
            #expect(error?.hint != nil)
        }
        try waiter.write { try $0.execute("create table t (a integer)") }
    }

    @Test func readersAreNotHeldUpByAWriter() throws {
        let path = folder.path("test.db")
        let writer = try SQLiteDatabase(path: path)
        let reader = try SQLiteDatabase(path: path)
        try writer.write { try $0.executeScript("create table t (a integer); insert into t values (1)") }
        try writer.write { connection in
            try connection.execute("insert into t values (2)")
            #expect(try reader.read { try $0.query("select a from t") }.count == 1)
        }
        #expect(try reader.read { try $0.query("select a from t") }.count == 2)
    }

    @Test func aReadSeesOneStateThroughout() throws {
        let database = try SQLiteDatabase(path: folder.path("test.db"))
        let other = try SQLiteDatabase(path: database.path)
        try database.write { try $0.executeScript("create table t (a integer); insert into t values (1)") }
        try database.read { connection in
            #expect(try connection.query("select a from t").count == 1)
            try other.write { try $0.execute("drop table t") }
            #expect(try connection.query("select a from t").count == 1)
        }
    }

    @Test(arguments: [(SQLiteDatabase.Options.Durability.survivesPowerCut, 2), (.survivesProcess, 1)])
    func durabilityIsWhatWasAskedFor(durability: SQLiteDatabase.Options.Durability, level: Int) throws {
        let database = try SQLiteDatabase(path: folder.path("test.db"), options: .init(durability: durability))
        let settings = try database.write { connection in
            try ["synchronous", "journal_mode", "foreign_keys"].map { try connection.query("pragma \($0)")[0].values }
        }
        #expect(settings == [[.integer(Int64(level))], [.string("wal")], [.integer(1)]])
    }

    @Test func aRunawayQueryStopsAtItsDeadlineAndTheConnectionLivesOn() throws {
        let database = try SQLiteDatabase(path: folder.path("test.db"))
        let error = #expect(throws: SQLError.self) {
            try database.read(until: .now + .milliseconds(50)) {
                try $0.query("with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n")
            }
        }
        #expect(error?.kind == .interrupted)
        #expect(try database.read { try $0.queryFirst("select 1 as one") }?.integer("one") == 1)
    }

    @Test func aFullDiskIsNamedAndNothingIsKept() throws {
        let database = try SQLiteDatabase(path: folder.path("test.db"))
        try database.write { try $0.execute("create table t (a text)") }
        let error = #expect(throws: SQLError.self) {
            try database.write { connection in
                // SQLite reports its page limit with the code that a full disk has.
                _ = try connection.query("pragma max_page_count = 4")
                try connection.execute("insert into t values ($1)", [.string(String(repeating: "x", count: 100_000))])
            }
        }
        #expect(error?.kind == .full)
        #expect(try database.read { try $0.query("select a from t") }.isEmpty)
    }

    @Test func manyThreadsReadAndWriteAtOnce() async throws {
        let database = try SQLiteDatabase(path: folder.path("test.db"))
        try database.write { try $0.execute("create table t (a integer primary key)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    try database.write { try $0.execute("insert into t values ($1)", [.integer(Int64(number))]) }
                    _ = try database.read { try $0.query("select a from t where a = $1", [.integer(Int64(number))]) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try database.read { try $0.query("select a from t") }.count == 40)
    }

    @Test func aFreshStoreMayBeOpenedByManyAtOnce() async throws {
        let folder = try TemporaryFolder()
        for round in 0..<20 {
            let path = folder.path("fresh-\(round).db")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { _ = try SQLiteDatabase(path: path) } }
                try await group.waitForAll()
            }
        }
        #expect(try folder.names.filter { $0.hasSuffix(".db") }.count == 20)
    }

    @Test(arguments: [true, false]) func aFileThatTakesThePlaceOfTheStoresIsTakenIntoUse(isReadOnly: Bool) throws {
        let path = folder.path("test.db")
        func store(at path: String, holding number: Int) throws {
            let database = try SQLiteDatabase(path: path)
            try database.write { try $0.executeScript("create table t (a integer); insert into t values (\(number))") }
        }
        func number(in database: SQLiteDatabase) throws -> Int? {
            try database.read { try $0.queryFirst("select a from t") }?.integer("a")
        }
        try store(at: path, holding: 1)
        let database = try SQLiteDatabase(path: path, options: .init(isReadOnly: isReadOnly))
        #expect(try number(in: database) == 1)
        try store(at: folder.path("backup.db"), holding: 2)
        try #require(rename(folder.path("backup.db"), path) == 0)
        #expect(try number(in: database) == 2)
        let writer = isReadOnly ? try SQLiteDatabase(path: path) : database
        try writer.write { try $0.execute("update t set a = 3") }
        #expect(try number(in: SQLiteDatabase(path: path)) == 3)
    }

    @Test func aStoreWhoseFileWasRemovedSaysSoUntilItIsBack() throws {
        let path = folder.path("test.db")
        let database = try SQLiteDatabase(path: path)
        try database.write { try $0.executeScript("create table t (a integer); insert into t values (1)") }
        try #require(rename(path, folder.path("aside.db")) == 0)
        let read = #expect(throws: SQLError.self) { try database.read { try $0.query("select a from t") } }
        let write = #expect(throws: SQLError.self) { try database.write { try $0.execute("delete from t") } }
        #expect(read?.kind == .unreadable && write?.kind == .unreadable)
        #expect(read?.message == "the file of the store '\(path)' was removed while it was in use")
        #expect(read?.hint != nil)
        try #require(rename(folder.path("aside.db"), path) == 0)
        #expect(try database.read { try $0.query("select a from t") }.count == 1)
    }
}
