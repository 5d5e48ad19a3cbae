import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwaySQL

struct SQLiteRowsTests {
    private let database: SQLiteDatabase

    init() throws {
        database = try SQLiteDatabase(inMemory: "rows")
        try database.write {
            try $0.execute("create table people (id integer, name text, height real, member boolean)")
        }
    }

    private func rows(
        _ query: String, limits: StreamLimits = StreamLimits(), sample: SQLiteRows.Sample = .batch
    ) throws(SQLError) -> SQLiteRows {
        try database.rows(of: query, limits: limits, sample: sample, until: .now + .seconds(60))
    }

    private func table(_ query: String) throws -> Table {
        let rows = try rows(query)
        return try rows.next(until: .now + .seconds(60)) ?? rows.columns
    }

    @Test func columnsHaveTheirDeclaredTypesAndComputedOnesTheNarrowest() throws {
        try database.write {
            try $0.execute(
                "insert into people (id, name, height, member) values (1, 'Ada', 2, 1), (2, 'Bob', null, null)")
        }
        let table = try table(
            "select id, name, height, member, id * 2 as twice, id / 2.0 as half, null as none from people order by id")
        #expect(table.columns.map(\.type) == [.integer, .string, .number, .boolean, .integer, .number, .number])
        #expect(
            table.row(0).dropLast() == [
                .integer(1), .string("Ada"), .number(2), .boolean(true), .integer(2), .number(0.5),
            ])
        #expect(table.row(1)[2...3] == [.missing, .missing])
    }

    @Test func noRowsKeepTheirColumns() throws {
        let table = try table("select id, member from people where id < 0")
        #expect(table.names == ["id", "member"])
        #expect(table.columns.map(\.type) == [.integer, .boolean])
        #expect(table.rowCount == 0)
    }

    @Test func aCellOfAnotherTypeThanDeclaredIsRefusedByName() throws {
        try database.write { try $0.execute("insert into people (id, name, height) values (1, 'a', 'tall')") }
        let error = #expect(throws: SQLError.self) { try rows("select height from people") }
        #expect(error?.kind == .wrongType)
        #expect(error?.message.contains("'height'") == true)
    }

    /// 9 whole numbers and one that is none.
    private static let widening =
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 10) "
        + "select case i when 10 then 0.5 else i end as a from n"

    @Test func aComputedColumnHasTheTypeOfItsFirstRowsOrOfAll() throws {
        let limits = StreamLimits(rowCountMax: 4)
        let few = try rows(Self.widening, limits: limits)
        #expect(few.columns.columns.map(\.type) == [.integer])
        for _ in 0..<2 { #expect(try few.next(until: .now + .seconds(60))?.rowCount == 4) }
        let error = #expect(throws: SQLError.self) { try few.next(until: .now + .seconds(60)) }
        #expect(error?.kind == .wrongType && error?.message.contains("'a'") == true)
        let all = try rows(Self.widening, limits: limits, sample: .all(FetchLimits()))
        #expect(all.columns.columns.map(\.type) == [.number])
        #expect(try all.next(until: .now + .seconds(60))?.rowCount == 10)
    }

    @Test func aSampleEndsAtTheLimitsOfItsFetch() throws {
        for limits in [FetchLimits(rowCountMax: 5), FetchLimits(byteCountMax: 40)] {
            let first = try rows(Self.widening, sample: .all(limits)).next(until: .now + .seconds(60))
            #expect(first?.rowCount == 6)
        }
    }

    @Test func otherStatementsMayRunBetweenTwoBatchesOfATransaction() throws {
        let folder = try TemporaryFolder()
        let transaction = try SQLiteTransaction(path: folder.path("a.db"))
        try transaction.run("create table a (n integer); create table b (n integer)")
        try transaction.run("insert into a values (?)", forEach: (1...10).map { [.integer($0)] })
        let rows = try transaction.rows(
            of: "select n from a order by n", limits: StreamLimits(rowCountMax: 3), until: .now + .seconds(60),
            unless: StopSwitch())
        while let batch = try rows.next(until: .now + .seconds(60)) {
            try transaction.run("insert into b values (?)", forEach: (0..<batch.rowCount).map { batch.row($0) })
        }
        try transaction.run("drop table a; alter table b rename to a")
        #expect(try transaction.firstCell("select sum(n) from a") == .integer(55))
        try transaction.commit()
    }
}
