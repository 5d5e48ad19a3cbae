import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayDuckDB

@Suite(.enabled(if: Library.shared.isAvailable))
struct DatabaseTests {
    @Test func parametersOfEveryTypeComeBackAsTheyWere() throws {
        let values: [Value] = [
            .boolean(true), .integer(.min), .number(0.1), .string("it's \"quoted\", naïve and long enough"), .missing,
        ]
        let table = try Database().rows(of: "SELECT $1 a, $2 b, $3 c, $4 d, $5::INTEGER e", values).table()
        #expect(table.row(0) == values)
        #expect(table.names == ["a", "b", "c", "d", "e"])
    }

    @Test func manyChunksComeInOrderAndComplete() throws {
        let rows = try Database().rows(of: "SELECT range AS n, 'text number ' || range AS t FROM range(10000)")
        let table = try rows.table()
        #expect(table["n"]?.values == .integers((0..<10_000).map { Int64($0) }))
        #expect(table["t"]?[9_999] == .string("text number 9999"))
    }

    @Test func aResultWithoutRowsKeepsItsColumns() throws {
        let table = try Database().rows(of: "SELECT 1.5 AS a, 'x' AS b, true AS c WHERE false").table()
        #expect(table.names == ["a", "b", "c"])
        #expect(table.rowCount == 0)
        #expect(table.columns.map(\.type) == [.number, .string, .boolean])
    }

    @Test(arguments: [
        ("SELEC 1", "syntax error"), ("SELECT * FROM nowhere", "nowhere"), ("SELECT $1", "parameters"),
        ("SELECT 'x'::INTEGER", "Could not convert"),
    ])
    func aBrokenQuerySaysWhy(query: String, reason: String) throws {
        let database = try Database()
        let error = #expect(throws: DataError.self) { try database.rows(of: query).table() }
        #expect(error?.message.contains(reason) == true)
        #expect(error?.message.contains("\n") == false)
    }

    @Test(arguments: ["it's", "\"", "'\u{301} || current_setting('threads') --", "\"\u{301}"])
    func aQuotedNameOrTextIsTakenAsItIs(text: String) throws {
        let query = "SELECT \(SQLText.literal(text)) AS \(SQLText.name(text))"
        let table = try Database().rows(of: query).table()
        #expect(table.names.map { Array($0.utf8) } == [Array(text.utf8)])
        #expect(table.row(0) == [.string(text)])
    }

    @Test func aDatabaseIsNotKeptUntilTheTimeOfItsQueriesHasCome() throws {
        var database: Database? = try Database()
        weak let kept = database
        var interrupter: Interrupter? = Interrupter(after: .seconds(3_600))
        if let database { interrupter?.watch(database) }
        #expect(try database?.rows(of: "SELECT 1 AS one").table().rowCount == 1)
        (database, interrupter) = (nil, nil)
        #expect(kept == nil)
    }

    @Test func aQueryIsStoppedWhenItsTimeHasCome() throws {
        let database = try Database()
        let interrupter = Interrupter(after: .milliseconds(50))
        interrupter.watch(database)
        let error = #expect(throws: DataError.self) {
            try database.rows(of: "SELECT sum(a.range * b.range) AS s FROM range(1000000) a, range(1000000) b").table()
        }
        #expect(error?.kind == .limitExceeded)
        #expect(interrupter.hasFired)
    }

    @Test func aFailureBehindTheFirstRowsIsNoEnd() throws {
        let query = "SELECT (CASE WHEN range = 900000 THEN 'x' ELSE '1' END)::INT FROM range(1000000)"
        let database = try Database()
        #expect(throws: DataError.self) {
            let rows = try database.rows(of: query)
            while try rows.next() != nil {}
        }
    }

    @Test func moreRowsOrBytesThanAllowedAreRefused() throws {
        let database = try Database()
        for limits in [(99, Int.max), (Int.max, 799)] {
            let error = #expect(throws: DataError.self) {
                try database.rows(of: "SELECT range FROM range(100)")
                    .table(rowCountMax: limits.0, cellByteCountMax: limits.1)
            }
            #expect(error?.kind == .limitExceeded)
        }
        let table = try database.rows(of: "SELECT range FROM range(100)").table(rowCountMax: 100, cellByteCountMax: 800)
        #expect(table.rowCount == 100)
    }

    @Test func oneTextInEveryRowIsCountedBeforeItIsCopied() throws {
        let rows = try Database().rows(of: "SELECT repeat('x', 10000) AS t FROM range(1000)")
        let error = #expect(throws: DataError.self) { try rows.table(cellByteCountMax: 1 << 20) }
        #expect(error?.kind == .limitExceeded)
    }

    @Test func aQueryOverItsMemoryIsRefused() throws {
        let database = try Database(DatabaseSettings(memoryByteCountMax: 16 << 20))
        let error = #expect(throws: DataError.self) {
            try database.rows(of: "SELECT range, count(*) FROM range(5000000) GROUP BY ALL ORDER BY ALL").table()
        }
        #expect(error?.kind == .limitExceeded)
    }

    @Test func nothingOutsideIsReached() throws {
        let folder = try TemporaryFolder()
        let secret = folder.path("secret.csv")
        try Data("a\n1\n".utf8).write(to: URL(fileURLWithPath: secret))
        let database = try Database(DatabaseSettings(files: [folder.path("other.csv")]))
        for statement in [
            "SELECT * FROM read_csv('\(secret)')", "SELECT * FROM '\(secret)'",
            "SELECT * FROM read_text('/etc/passwd')",
            "COPY (SELECT 1) TO '\(folder.path("out.csv"))'", "ATTACH '\(folder.path("x.db"))'", "INSTALL httpfs",
            "LOAD httpfs", "SET memory_limit = '10GB'", "SET enable_external_access = true",
            "SELECT * FROM read_csv('\(folder.path("other.csv"))/../secret.csv')", "SELECT getenv('HOME')",
            "EXPORT DATABASE '\(folder.path("all"))'", "SELECT * FROM glob('\(folder.path)/*')",
        ] {
            #expect(throws: DataError.self, "\(statement)") { try database.rows(of: statement).table() }
        }
    }

    @Test func nestedResultsAreRefusedByName() throws {
        let database = try Database()
        let error = #expect(throws: DataError.self) { try database.rows(of: "SELECT [1, 2] AS pairs") }
        #expect(error?.kind == .wrongType)
        #expect(error?.message.contains("'pairs'") == true)
    }

    @Test func anInterruptEndsTheQuery() throws {
        let database = try Database()
        let ended = DispatchSemaphore(value: 0)
        // On a thread of its own, since those that tests share may all be busy; and again and again, since an
        // interrupt before the query begins is none.
        let thread = Thread { while ended.wait(timeout: .now() + 0.005) == .timedOut { database.interrupt() } }
        thread.start()
        defer { ended.signal() }
        let endless = "SELECT count(*) FROM range(1000000000000000) a WHERE range % 7 = 8"
        #expect(throws: DataError.self) { try database.rows(of: endless).table() }
    }
}
