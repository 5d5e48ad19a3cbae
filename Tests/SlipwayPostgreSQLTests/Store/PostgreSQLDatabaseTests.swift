import Foundation
import SlipwayAccess
import SlipwayData
import SlipwayFeatures
import SlipwayPipelines
import SlipwayRegistry
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

@testable import SlipwayPostgreSQL

struct PostgreSQLDatabaseTests {
    private let server: PostgreSQLServer

    init() throws { server = try PostgreSQLServer.shared.get() }

    @Test(arguments: SQLDatabaseConformance.claims)
    func conforms(_ claim: ConformanceClaim<any SQLDatabase>) async throws { try await claim.check(try server.store()) }

    @Test(arguments: FeatureStoreConformance.claims)
    func holdsFeatures(_ claim: ConformanceClaim<any FeatureStore>) async throws {
        try await claim.check(try SQLFeatureStore(try server.store()))
    }

    @Test(arguments: RegistryStoreConformance.claims)
    func holdsTheRegistry(_ claim: ConformanceClaim<any RegistryStore>) async throws {
        try await claim.check(try SQLRegistryStore(try server.store()))
    }

    @Test(arguments: AccessStoreConformance.claims)
    func holdsKeys(_ claim: ConformanceClaim<any AccessStore>) async throws {
        try await claim.check(try SQLAccessStore(try server.store()))
    }

    @Test(arguments: RunStoreConformance.claims)
    func holdsRuns(_ claim: ConformanceClaim<any RunStore>) async throws {
        try await claim.check(try SQLRunStore(try server.store()))
    }

    @Test func aLostConnectionIsOpenedAnew() throws {
        var options = PostgreSQLDatabase.Options()
        options.connectionCountMax = 1
        let store = try server.store(options: options)
        let only = try store.write { connection in
            try connection.execute("create table t (id integer)")
            return try connection.queryFirst("select pg_backend_pid() as pid")?.integer("pid") ?? 0
        }
        // The server is that of other tests too, so no connection but the store's own one is cut.
        let cut = try server.connect().run("select pg_terminate_backend(\(only))::text")
        #expect(cut.rowCount == 1)
        try store.write { try $0.execute("insert into t values (1)") }
        #expect(try store.query("select id from t", [], until: nil).count == 1)
    }

    @Test func aWriteWhoseConnectionIsLostKeepsNothingAndSaysSo() throws {
        let store = try server.store()
        try store.write { try $0.execute("create table t (id integer)") }
        let error = #expect(throws: SQLError.self) {
            try store.write { connection in
                try connection.execute("insert into t values (1)")
                let own = try connection.queryFirst("select pg_backend_pid() as pid")?.integer("pid") ?? 0
                _ = try server.connect().run("select pg_terminate_backend(\(own))")
                try connection.execute("insert into t values (2)")
            }
        }
        #expect(error?.kind == .unreachable)
        #expect(try store.query("select id from t", [], until: nil).isEmpty)
    }

    @Test func aServerThatIsGoneIsNamedWithoutItsPassword() {
        let error = #expect(throws: SQLError.self) {
            try PostgreSQLDatabase(address: "postgres://ada:hunter2@127.0.0.1:1/state", schema: "x")
        }
        #expect(error?.kind == .unreachable)
        #expect(error?.message.contains("postgres://127.0.0.1:1/state") == true)
        #expect(error?.hint?.contains("Check that the server runs") == true)
        #expect("\(error as Any)".contains("hunter2") == false)
    }

    @Test func aServerThatSaysNothingIsGivenUp() throws {
        let deaf = try DeafServer()
        var options = PostgreSQLDatabase.Options()
        options.connectTimeout = .milliseconds(100)
        let error = #expect(throws: SQLError.self) {
            try PostgreSQLDatabase(address: "postgres://ada@127.0.0.1:\(deaf.port)/s", schema: "x", options: options)
        }
        #expect(error?.kind == .unreachable)
    }

    @Test(arguments: ["postgres://ada:hunter2@[", "not an address"])
    func anAddressThatIsNoneIsNotShown(address: String) {
        let error = #expect(throws: SQLError.self) { try PostgreSQLDatabase(address: address, schema: "x") }
        #expect(error?.kind == .unreadable)
        #expect("\(error as Any)".contains("hunter2") == false)
    }

    @Test func whoWaitsTooLongForTheLockIsRefused() throws {
        let schema = "test:\(UUID())"
        let first = try server.store(schema: schema)
        var options = PostgreSQLDatabase.Options()
        options.lockTimeout = .milliseconds(50)
        let second = try server.store(schema: schema, options: options)
        try first.write { _ in
            let error = #expect(throws: SQLError.self) { try second.write { try $0.execute("select 1") } }
            #expect(error?.kind == .locked)
        }
        try second.write { try $0.execute("create table t (id integer)") }
    }

    @Test func aStatementStopsAtItsDeadlineAndTheStoreGoesOn() throws {
        let store = try server.store()
        let error = #expect(throws: SQLError.self) {
            try store.query("select pg_sleep(30)::text as nothing", [], until: .now + .milliseconds(50))
        }
        #expect(error?.kind == .interrupted)
        #expect(try store.query("select 1 as one", [], until: .now + .seconds(600)).count == 1)
    }

    @Test func whereAllConnectionsAreBusyOneWaitsForTheFirstThatIsFree() throws {
        var options = PostgreSQLDatabase.Options()
        options.connectionCountMax = 1
        let store = try server.store(options: options)
        try store.read { _ in
            let error = #expect(throws: SQLError.self) {
                try store.query("select 1 as one", [], until: .now + .milliseconds(50))
            }
            #expect(error?.kind == .interrupted)
        }
        #expect(try store.query("select 1 as one", [], until: nil).count == 1)
    }

    @Test func aStatementThatFailedUnseenKeepsNothing() throws {
        let store = try server.store()
        try store.write { try $0.execute("create table t (id integer)") }
        let error = #expect(throws: SQLError.self) {
            try store.write { connection in
                try connection.execute("insert into t values (1)")
                _ = try? connection.query("select * from absent")
            }
        }
        #expect(error?.kind == .failed)
        #expect(try store.query("select id from t", [], until: nil).isEmpty)
    }

    @Test func moreStatementsThanArePlannedAtOnceRun() throws {
        let store = try server.store()
        for number in 0..<2 * Session.preparedCountMax + 1 {
            let row = try store.query("select \(number) + cast($1 as integer) as sum", [.integer(1)], until: nil).first
            #expect(try row?.integer("sum") == number + 1)
        }
    }
}
