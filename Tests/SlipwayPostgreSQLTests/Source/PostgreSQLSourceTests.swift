import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayPostgreSQL

struct PostgreSQLSourceTests {
    private let source: PostgreSQLSource
    private let server: PostgreSQLServer

    init() throws {
        server = try PostgreSQLServer.shared.get()
        source = PostgreSQLSource(name: "warehouse", address: server.address)
    }

    @Test(arguments: DataSourceConformance.claims)
    func conforms(_ claim: ConformanceClaim<any DataSource>) async throws {
        try People.table.get()
        try await claim.check(source)
    }

    @Test func everyTypeComesAsTheValueThatItHas() async throws {
        let table = try await source.fetch(
            """
            select true as truth, 7::int2 as small, (-2147483648)::int4 as whole, 9223372036854775807::int8 as long,
                0.1::float4 as single, 0.1::float8 as double, 12345678901234567890.125::numeric as exact,
                'NaN'::float8 as none, '-Infinity'::float8 as low, 'x'::char(3) as padded, 'straße'::varchar as text,
                date '2026-03-01' as day, timestamp '2026-03-01 09:30:00.5' as moment,
                timestamptz '2026-03-01 09:30:00+02' as zoned, timestamp 'infinity' as never,
                '{"a": 1}'::jsonb as document, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid as id, null::text as absent
            """)
        #expect(
            table.row(0) == [
                .boolean(true), .integer(7), .integer(-2_147_483_648), .integer(.max), .number(0.10000000149011612),
                .number(0.1), .number(12345678901234567890.125), .missing, .number(-.infinity), .string("x  "),
                .string("straße"), .string("2026-03-01"), .string("2026-03-01T09:30:00.500"),
                .string("2026-03-01T07:30:00Z"), .string("infinity"), .string("{\"a\": 1}"),
                .string("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"), .missing,
            ])
        #expect(table.columns.map(\.type).prefix(5) == [.boolean, .integer, .integer, .integer, .number])
    }

    @Test func aResultOfManyPagesIsWhole() async throws {
        let pages = [PostgreSQLStream.firstPageRowCount, 2 * StreamLimits.rowCountMaxDefault]
        for count in pages + [pages[0] + pages[1]] {
            for extra in [0, 1] {
                let query = "select i, i::text as t from generate_series(1, \(count + extra)) as i"
                let table = try await source.fetch(query)
                #expect(table.rowCount == count + extra)
                #expect(table.row(count - 1) == [.integer(Int64(count)), .string("\(count)")])
            }
        }
    }

    @Test func rowsThatGrowLongStayWithinTheirBatch() async throws {
        let query =
            "select repeat('x', case when i < 100 then 1 else 300000 end) as t from generate_series(1, 400) as i"
        let stream = try await source.stream(query, limits: StreamLimits(byteCountMax: 1 << 20))
        var rowCount = 0
        while let batch = try stream.next() {
            rowCount += batch.rowCount
            let byteCount = (0..<batch.rowCount).reduce(0) { $0 + batch.row($1)[0].byteCount }
            #expect(byteCount < 2 << 20)
        }
        #expect(rowCount == 400)
        // A fetch is refused by the bytes that came, not by those of whole pages.
        let error = await #expect(throws: DataError.self) {
            try await source.fetch(
                "select repeat('x', 1000000) as t from generate_series(1, 100000)",
                limits: FetchLimits(byteCountMax: 1 << 21))
        }
        #expect(error?.kind == .limitExceeded)
    }

    @Test func aStreamThatIsLeftClosesItsConnection() async throws {
        let mark = "left_\(UInt32.random(in: 0 ... .max))"
        do {
            let stream = try await source.stream(
                "select i as \(mark) from generate_series(1, 1000000) as i", limits: StreamLimits(rowCountMax: 10))
            _ = try stream.next()
        }
        let open =
            "select count(*) as n from pg_stat_activity where query like '%slipway_rows%' and backend_xmin is not null "
            + "and pid <> pg_backend_pid() and query like '%\(mark)%'"
        for _ in 0..<100 {
            if try await source.fetch(open).row(0) == [.integer(0)] { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the connection is still open")
    }

    @Test func aColumnOfBytesIsRefusedByName() async {
        let error = await #expect(throws: DataError.self) { try await source.fetch("select '\\x00'::bytea as blob") }
        #expect(error?.kind == .wrongType)
        #expect(error?.message.contains("'blob'") == true)
    }

    @Test(arguments: ["select nextval('numbers')", "select * from taken for update", "select 1 into other"])
    func whatWritesInAQueryIsRefused(_ query: String) async throws {
        let connection = try server.connect()
        for statement in ["create sequence if not exists numbers", "create table if not exists taken (a integer)"] {
            _ = try? connection.run(statement)
        }
        let error = await #expect(throws: DataError.self) { try await source.fetch(query) }
        #expect(error?.kind == .sourceFailed)
    }

    @Test func aQueryThatIsStoppedRunsNoLongerOnTheServer() async throws {
        await #expect(throws: DataError.self) {
            try await source.fetch("select pg_sleep(600) as nap", limits: FetchLimits(timeout: .milliseconds(200)))
        }
        let running =
            "select count(*) as n from pg_stat_activity where query like '%pg_sleep(600) as nap%' "
            + "and state = 'active' and pid <> pg_backend_pid()"
        for _ in 0..<100 {
            if try await source.fetch(running).row(0) == [.integer(0)] { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the server still sleeps")
    }

    @Test func aDatabaseThatIsNotThereIsNamedAndNotAskedAgain() async {
        let absent = PostgreSQLSource(name: "crm", address: server.address + " dbname=absent")
        let error = await #expect(throws: DataError.self) { try await absent.fetch("select 1 as one") }
        #expect(error?.kind == .sourceFailed)
        #expect(error?.message.contains("\"absent\"") == true)
        #expect(error?.outlook == .lasting)
        #expect(error?.message.contains("3D000") == false && error?.message.contains("LOCATION") == false)
    }

    @Test func aServerThatIsAwayIsSaidToBe() async {
        let away = PostgreSQLSource(name: "crm", address: "postgres://ada:hunter2@127.0.0.1:1/crm")
        let error = await #expect(throws: DataError.self) { try await away.fetch("select 1 as one") }
        #expect(error?.kind == .sourceFailed)
        #expect(error?.message.contains("source 'crm': the server cannot be reached") == true)
        #expect(error?.outlook == .passing())
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func aServerThatNeverAnswersIsGivenUpAtTheTimeout() async throws {
        let deaf = try DeafServer()
        let source = PostgreSQLSource(
            name: "crm", address: "postgres://ada@127.0.0.1:\(deaf.port)/crm?sslmode=disable")
        let error = await #expect(throws: DataError.self) {
            try await source.fetch("select 1 as one", limits: FetchLimits(timeout: .milliseconds(300)))
        }
        #expect(error?.message.contains("did not finish within 0.3 seconds") == true)
    }

    @Test(arguments: ["password=hunter2 oops", "postgres://ada:hunter2@[::1/crm", "hunter2=1"])
    func anAddressThatIsNoneIsRefusedWithoutBeingShown(_ address: String) async {
        let source = PostgreSQLSource(name: "crm", address: address)
        let error = await #expect(throws: DataError.self) { try await source.fetch("select 1 as one") }
        #expect(error?.kind == .unreadable)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func withoutTheLibraryTheErrorSaysHowToInstallIt() async {
        let library = Library(environment: [Library.environmentVariable: "/absent/libpq.so"])
        let source = PostgreSQLSource(name: "crm", address: server.address, library: library)
        let error = await #expect(throws: DataError.self) { try await source.fetch("select 1 as one") }
        #expect(error?.kind == .unreadable)
        #expect(error?.message.contains("apt-get install libpq5") == true)
    }

    /// The table of the conformance suite, made once.
    private enum People {
        static let table = Result {
            let connection = try PostgreSQLServer.shared.get().connect()
            _ = try connection.run(
                "create table people (id bigint, name varchar(80), height double precision, member boolean, note text)")
            let people = try DataSourceConformance.people()
            for row in 0..<people.rowCount {
                let cells = people.row(row).map { cell in
                    cell.isMissing ? "null" : "'\(cell.text.replacing("'", with: "''"))'"
                }
                _ = try connection.run("insert into people values (\(cells.joined(separator: ", ")))")
            }
        }
    }
}
