import Foundation
import SlipwayData
public import SlipwaySQL

/// What every SQL database must hold, as claims over an empty store.
public enum SQLDatabaseConformance {
    /// The claims.
    public static let claims: [ConformanceClaim<any SQLDatabase>] = values + transactions + problems

    private static let table = """
        create table people (
            id integer primary key, name text not null, height double precision, long bigint, unique (name)
        )
        """

    private static let values: [ConformanceClaim<any SQLDatabase>] = [
        ConformanceClaim("cells read back as they were written, NaN as NULL") { store in
            try make(store)
            let odd: [[Value]] = [
                [.integer(1), .string("Zoë 🚢"), .number(0.1), .integer(.max)],
                [.integer(2), .string(""), .number(.infinity), .integer(.min)],
                [.integer(3), .string("'; drop table people; -- $1 \\ \\N \\."), .number(-1e-300), .missing],
                [.integer(4), .string("tab\tline\nreturn\rend"), .number(.nan), .integer(0)],
                [.integer(5), .string("\\N"), .missing, .boolean(true)],
            ]
            let wanted = odd.map { $0.map(stored) }
            try store.write { try $0.insert(odd, into: "people", columns: ["id", "name", "height", "long"]) }
            try ConformanceFailure.unlessEqual(try rows(store), wanted, "rows that were inserted together")
            try store.write { connection in
                try connection.execute("delete from people")
                for row in odd { try connection.execute("insert into people values ($1, $2, $3, $4)", row) }
            }
            try ConformanceFailure.unlessEqual(try rows(store), wanted, "rows that were inserted one by one")
        },
        ConformanceClaim("many rows are inserted together, also none") { store in
            try make(store)
            let rows = (0..<20_000).map { [Value.integer($0), .string("\($0)"), .number(Double($0) / 3), .missing] }
            let columns = ["id", "name", "height", "long"]
            try store.write { connection in
                try connection.insert(rows, into: "people", columns: columns)
                try connection.insert([[Value]](), into: "people", columns: columns)
            }
            let sum = try store.query("select count(*) as n, sum(id) as s from people", [], until: nil)
            try ConformanceFailure.unlessEqual(try sum.first?.integer("n"), 20_000, "the rows")
            try ConformanceFailure.unlessEqual(try sum.first?.number("s"), 199_990_000, "their sum")
        },
        ConformanceClaim("a statement counts the rows that it changed") { store in
            try make(store)
            let counts = try store.write { connection in
                [
                    try connection.execute("insert into people (id, name) values (1, 'a'), (2, 'b')"),
                    try connection.execute("update people set height = $1", [.number(2)]),
                    try connection.execute("delete from people where id = $1", [.integer(1)]),
                    try connection.execute("delete from people where id = $1", [.integer(1)]),
                ]
            }
            try ConformanceFailure.unlessEqual(counts, [2, 2, 1, 0], "the counts")
        },
        ConformanceClaim("a text with a NUL character is refused, and what came before it is not kept") { store in
            try make(store)
            let rows = (0..<5_000).map { [Value.integer($0), .string($0 == 4_999 ? "a\u{0}b" : "\($0)")] }
            let error = failure { try store.write { try $0.insert(rows, into: "people", columns: ["id", "name"]) } }
            try ConformanceFailure.unlessEqual(error?.kind, .wrongType, "the error of many")
            let single = failure { try store.query("select $1 as a", [.string("a\u{0}b")], until: nil) }
            try ConformanceFailure.unlessEqual(single?.kind, .wrongType, "the error of one")
            try ConformanceFailure.unlessEqual(try Self.rows(store).count, 0, "the rows")
        },
    ]

    private static let transactions: [ConformanceClaim<any SQLDatabase>] = [
        ConformanceClaim("a write that throws keeps nothing") { store in
            try make(store)
            struct Mine: Error {}
            do {
                try store.write { connection in
                    try connection.execute("insert into people (id, name) values (1, 'a')")
                    try connection.execute("create table more (id integer)")
                    throw Mine()
                }
            } catch is Mine {}
            try ConformanceFailure.unlessEqual(try rows(store).count, 0, "the rows")
            let error = failure { try store.query("select * from more", [], until: nil) }
            try ConformanceFailure.unlessEqual(error?.kind, .missingTable, "the table")
        },
        ConformanceClaim("writers come one after another, and each sees what the one before kept") { store in
            try make(store)
            try store.write { try $0.execute("insert into people (id, name, long) values (1, 'sum', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<25 {
                            try await BlockingWork.run { () throws(SQLError) in try addOne(store) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try ConformanceFailure.unlessEqual(try rows(store).first?[3], .integer(100), "the sum")
        },
        ConformanceClaim("a read sees one state while others write") { store in
            try make(store)
            try store.read { connection in
                let before = try connection.query("select count(*) as n from people")
                insertElsewhere(store)
                let after = try connection.query("select count(*) as n from people")
                try ConformanceFailure.unlessEqual(before, after, "the count")
            }
            try ConformanceFailure.unlessEqual(try rows(store).count, 1, "the rows after it")
        },
        ConformanceClaim("several processes may migrate at once") { store in
            let migrations = [
                Migration(1, "one", sql: "create table one (id integer); create table two (id integer)"),
                Migration(2, "two", sql: "alter table one add column name text"),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await BlockingWork.run { () throws(SQLError) in
                            try store.migrate(migrations, component: "test")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let applied = try store.query("select count(*) as n from schema_migrations", [], until: nil)
            try ConformanceFailure.unlessEqual(try applied.first?.integer("n"), 2, "the migrations")
            let error = failure { try store.migrate([migrations[0]], component: "test") }
            try ConformanceFailure.unlessEqual(error?.kind, .newerStore, "the error of an older program")
        },
    ]

    private static let problems: [ConformanceClaim<any SQLDatabase>] = [
        ConformanceClaim("problems are told apart, and none spoils the next statement") { store in
            try make(store)
            try store.write { try $0.execute("insert into people (id, name) values (1, 'a')") }
            let wanted: [(String, SQLError.Code)] = [
                ("insert into people (id, name) values (1, 'b')", .uniqueViolation),
                ("insert into people (id, name) values (2, 'a')", .uniqueViolation),
                ("insert into people (id) values (2)", .constraintViolation),
                ("selec 1", .invalidStatement), ("select * from absent", .missingTable),
                ("select absent from people", .missingColumn),
            ]
            for (sql, kind) in wanted {
                let error = failure { try store.write { try $0.execute(sql) } }
                try ConformanceFailure.unlessEqual(error?.kind, kind, sql)
                try ConformanceFailure.unlessEqual(try rows(store).count, 1, "the rows after \(sql)")
            }
        },
        ConformanceClaim("bytes are refused by the name of their column") { store in
            let error = failure { try store.query("select cast('abc' as \(bytes(store))) as photo", [], until: nil) }
            try ConformanceFailure.unlessEqual(error?.kind, .wrongType, "the error")
            try ConformanceFailure.unless(error?.message.contains("'photo'") == true, "it names the column")
        },
    ]

    /// What a cell is once it was stored.
    private static func stored(_ cell: Value) -> Value {
        switch cell {
        case .number(let number) where number.isNaN: .missing
        case .boolean(let truth): .integer(truth ? 1 : 0)
        default: cell
        }
    }

    private static func make(_ store: any SQLDatabase) throws { try store.write { try $0.executeScript(table) } }

    private static func rows(_ store: any SQLDatabase) throws -> [[Value]] {
        try store.query("select id, name, height, long from people order by id", [], until: nil).map(\.values)
    }

    /// The one type that has no name that both know.
    private static func bytes(_ store: any SQLDatabase) -> String { store.isRemote ? "bytea" : "blob" }

    /// Writes on another thread, as another caller would.
    private static func insertElsewhere(_ store: any SQLDatabase) {
        let done = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            _ = try? store.write { try $0.execute("insert into people (id, name) values (1, 'a')") }
            done.signal()
        }
        done.wait()
    }

    private static func addOne(_ store: any SQLDatabase) throws(SQLError) {
        do {
            try store.write { connection in
                let sum = try connection.queryFirst("select long from people where id = 1")?.integer("long") ?? 0
                try connection.execute("update people set long = $1 where id = 1", [.integer(Int64(sum + 1))])
            }
        } catch let error as SQLError {
            throw error
        } catch {
            throw SQLError(.failed, "\(error)")
        }
    }

    private static func failure(_ work: () throws -> some Any) -> SQLError? {
        do {
            _ = try work()
            return nil
        } catch {
            return error as? SQLError
        }
    }
}
