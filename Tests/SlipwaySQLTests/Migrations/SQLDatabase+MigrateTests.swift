import SlipwayData
import SlipwaySQL
import SlipwayTesting
import Testing

struct SQLDatabaseMigrateTests {
    let folder: TemporaryFolder
    let database: SQLiteDatabase
    let first = Migration(1, "make a", sql: "create table a (x integer); create index a_x on a (x)")
    let second = Migration(2, "make b", sql: "create table b (x integer)")

    init() throws {
        folder = try TemporaryFolder()
        database = try SQLiteDatabase(path: folder.path("test.db"))
    }

    private func applied() throws -> [String] {
        try database.read { connection in
            try connection.query("select component, number, name from schema_migrations order by component, number")
                .map { "\($0["component"].text)/\($0["number"].text) \($0["name"].text)" }
        }
    }

    @Test func eachMigrationRunsOnceAndIsRecordedWithItsTime() throws {
        let now = Timestamp(milliseconds: 0)
        try database.migrate([first], component: "test", now: now)
        try database.migrate([first, second], component: "test", now: now)
        try database.migrate([first, second], component: "test", now: now)
        #expect(try applied() == ["test/1 make a", "test/2 make b"])
        let row = try database.read { try $0.queryFirst("select distinct applied_at from schema_migrations") }
        #expect(try row?.text("applied_at") == "1970-01-01T00:00:00.000Z")
    }

    @Test func componentsCountApart() throws {
        try database.migrate([first], component: "one")
        try database.migrate([Migration(1, "make c", sql: "create table c (x integer)")], component: "two")
        #expect(try applied() == ["one/1 make a", "two/1 make c"])
    }

    @Test func aFailedMigrationLeavesNoTraceAndTheOnesBeforeItStay() throws {
        let broken = Migration(2, "break", sql: "create table c (x integer); create table a (x integer)")
        #expect(throws: SQLError.self) { try database.migrate([first, broken], component: "test") }
        #expect(try applied() == ["test/1 make a"])
        let error = #expect(throws: SQLError.self) { try database.read { try $0.query("select * from c") } }
        #expect(error?.kind == .missingTable)
    }

    @Test func aStoreOfANewerSlipwayIsRefused() throws {
        try database.migrate([first, second], component: "test")
        let error = #expect(throws: SQLError.self) { try database.migrate([first], component: "test") }
        #expect(error?.kind == .newerStore)
        #expect(error?.message.contains("version 2") == true)
        #expect(error?.hint?.contains("Update Slipway") == true)
    }

    @Test func aStoreThatIsUpToDateIsNotLocked() throws {
        try database.migrate([first], component: "test")
        let other = try SQLiteDatabase(path: database.path, options: .init(busyTimeout: .milliseconds(20)))
        try database.write { _ in
            #expect(throws: Never.self) { try other.migrate([first], component: "test") }
        }
    }

    @Test func twoProcessesMayMigrateAtOnce() async throws {
        let path = database.path
        let migrations = [first, second]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask { try SQLiteDatabase(path: path).migrate(migrations, component: "test") }
            }
            try await group.waitForAll()
        }
        #expect(try applied().count == 2)
    }
}
