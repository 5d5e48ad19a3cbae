import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import Testing

extension EndToEnd {
    /// Tables of all kinds of databases as the places that answers go to.
    struct ScoreTableTests {
        private static let command = ["score", "churn", "--from", "files#customers", "--to", "warehouse#scores"]
        private static let keyed = ["--keep", "customer_id", "--key", "customer_id"]

        private func with(
            _ kind: WrittenDatabase, _ body: (TelcoProject, any DataSource) throws -> Void
        ) throws {
            try TelcoProject.with { project in
                try project.promoteGoodModel()
                try body(project, try kind.add(to: project))
            }
        }

        private func done(_ project: TelcoProject, _ arguments: [String]) throws {
            let outcome = try project.start(arguments).wait()
            #expect(outcome.status == 0, "\(outcome.messages)")
        }

        @Test(arguments: WrittenDatabase.allCases)
        func eachModeDoesToTheTableWhatItSays(kind: WrittenDatabase) throws {
            try with(kind) { project, source in
                let few = ["score", "churn", "--from", "files", "--to", "warehouse#scores", "--query"]
                try done(project, few + ["select * from customers where customer_id <= 1010"] + Self.keyed)
                let first = try source.waited("select * from scores order by customer_id")
                #expect(first.names == ["customer_id", "label", "probabilities_0", "probabilities_1"])
                #expect(first.columns.map(\.type) == [.integer, .string, .number, .number])
                #expect(first.rowCount == 10)

                let again = try project.start(Self.command + ["--keep", "customer_id"]).wait()
                #expect(again.status == 1 && again.messages.contains("the table 'scores' is there already"))
                let doubled = try project.start(Self.command + Self.keyed + ["--mode", "append"]).wait()
                #expect(doubled.status == 1 && doubled.messages.contains("has rows with the customer_id"))
                #expect(try source.waited("select * from scores order by customer_id") == first)

                let others = "select * from customers where customer_id between 1011 and 1015"
                try done(project, few + [others] + Self.keyed + ["--mode", "append"])
                #expect(try source.waited("select customer_id from scores").rowCount == 15)

                for _ in 1...2 { try done(project, Self.command + Self.keyed + ["--mode", "merge"]) }
                #expect(try source.waited("select customer_id from scores").rowCount == 600)
                let merged = try source.waited("select * from scores where customer_id <= 1010 order by customer_id")
                #expect(merged == first)

                try done(project, Self.command + ["--mode", "replace"])
                #expect(
                    try source.waited("select * from scores").names == ["label", "probabilities_0", "probabilities_1"])
                #expect(try source.waited("select * from scores").rowCount == 600)
            }
        }

        @Test(arguments: WrittenDatabase.allCases)
        func aKilledRunLeavesTheTableAsItWas(kind: WrittenDatabase) throws {
            try with(kind) { project, source in
                try done(project, Self.command + Self.keyed)
                let before = try source.waited("select * from scores order by customer_id")
                let path = "\(project.path)/endless.csv"
                #expect(mkfifo(path, 0o600) == 0)
                let pipe = FileHandle(fileDescriptor: open(path, O_RDWR), closeOnDealloc: true)
                let killed = try project.start(
                    ["score", "churn", "--from", "endless.csv", "--to", "warehouse#scores", "--mode", "replace"])
                // Far more than the pipe holds, so that most of it was scored when all is written.
                let rows = String(repeating: "1,One year,5\n", count: 20_000)
                try pipe.write(contentsOf: Data("tenure,contract,monthly_charges\n\(rows)".utf8))
                killed.signal(SIGKILL)
                #expect(try killed.wait().isSignalled)
                try eventually { try source.waited("select * from scores order by customer_id") == before }
                try done(project, Self.command + ["--mode", "replace"])
                #expect(try source.waited("select * from scores").rowCount == 600)
            }
        }

        @Test(arguments: WrittenDatabase.allCases)
        func theModelInsideTheDatabaseAnswersAsTheNativeEngineDoes(kind: WrittenDatabase) throws {
            try with(kind) { project, source in
                try done(
                    project, ["score", "churn", "--from", "files#customers", "--to", "warehouse#rows", "--keep", "all"])
                let command = ["score", "churn", "--from", "warehouse#rows", "--keep", "customer_id"]
                try done(project, command + ["--to", "warehouse#native"])
                let outcome = try project.start(command + ["--to", "warehouse#inside", "--engine", "sql", "--json"])
                    .wait()
                #expect(try outcome.json["rows"] == .integer(600), "\(outcome.messages)")
                #expect(try outcome.json["engine"] == .string("sql in warehouse"))
                let native = try source.waited("select * from native order by customer_id")
                let inside = try source.waited("select * from inside order by customer_id")
                #expect(inside.names == native.names)
                #expect(inside.rowCount == native.rowCount)
                #expect(inside["label"] == native["label"])
                for name in ["probabilities_0", "probabilities_1"] {
                    let pairs = zip(inside[name]?.asNumbers ?? [], native[name]?.asNumbers ?? [])
                    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-6 })
                }
                let merge = ["--engine", "sql", "--mode", "merge", "--key", "customer_id", "--to", "warehouse#inside"]
                try done(project, command + merge)
                #expect(try source.waited("select * from inside").rowCount == 600)
            }
        }

        @Test func whatCannotBeWrittenIsRefused() throws {
            try with(.sqlite) { project, source in
                let twice = "select * from customers union all select * from customers"
                for (options, message) in [
                    (["--from", "files#customers", "--to", "files#scores"], "has no tables that can be written"),
                    (["--from", "files#customers", "--to", "absent#scores"], "absent"),
                    (
                        ["--from", "files", "--query", twice, "--to", "warehouse#x"] + Self.keyed,
                        "have the same customer_id"
                    ),
                    (["--from", "files#customers", "--to", "warehouse#x", "--key", "customer_id"], "--keep"),
                    (
                        ["--from", "files#customers", "--to", "warehouse#x", "--engine", "sql"],
                        "two tables of one source"
                    ),
                    (["--from", "warehouse#x", "--to", "warehouse#x"], "would replace them"),
                ] {
                    let outcome = try project.start(["score", "churn"] + options).wait()
                    #expect(outcome.status == 1, "\(options) \(outcome.messages)")
                    #expect(outcome.messages.contains(message), "\(outcome.messages)")
                }
                for options in [["--mode", "append"], ["--mode", "merge"], ["--engine", "sql", "--strict"]] {
                    #expect(try project.start(Self.command + options).wait().status == 2)
                }
                #expect(try source.waited("select count(*) as n from sqlite_master").row(0) == [.integer(0)])
            }
        }

        /// Runs statements of a user on the database of a file.
        private func change(_ kind: WrittenDatabase, _ project: TelcoProject, _ statements: String...) throws {
            let path = "\(project.path)/warehouse.db"
            if kind == .duckdb {
                let tables = try DuckDBTables(name: "w", path: path)
                for statement in statements { try tables.run(statement) }
                try tables.commit()
            } else {
                let tables = try SQLiteTables(name: "w", path: path)
                for statement in statements { try tables.run(statement) }
                try tables.commit()
            }
        }

        @Test func rowsThatReferToTheTableAreNotLostWithIt() throws {
            try with(.sqlite) { project, source in
                try change(
                    .sqlite, project, "create table scores (customer_id integer primary key)",
                    "create table notes (customer_id integer references scores on delete cascade)",
                    "insert into scores values (1)", "insert into notes values (1)")
                let outcome = try project.start(Self.command + ["--mode", "replace"]).wait()
                #expect(
                    outcome.status == 1 && outcome.messages.contains("rows of other tables refer to rows of 'scores'"))
                #expect(try source.waited("select * from notes").rowCount == 1)
            }
        }

        @Test func viewsOfTheTableAndBrokenOnesDoNotStandInTheWay() throws {
            try with(.sqlite) { project, source in
                try done(project, Self.command)
                try change(
                    .sqlite, project, "create view labels as select label from scores",
                    "create view broken as select * from scores")
                try change(
                    .sqlite, project, "create table gone (a)", "create view lost as select * from gone",
                    "drop table gone")
                try done(project, Self.command + ["--mode", "replace"])
                #expect(try source.waited("select * from labels").rowCount == 600)
            }
        }

        @Test func aTableThatWouldChangeTheAnswersIsRefused() throws {
            try with(.duckdb) { project, source in
                try change(
                    .duckdb, project,
                    "create table scores (customer_id bigint, label text, probabilities_0 integer, "
                        + "probabilities_1 double precision)")
                let outcome = try project.start(Self.command + Self.keyed + ["--mode", "merge"]).wait()
                #expect(outcome.status == 1)
                #expect(outcome.messages.contains("'probabilities_0' of the table 'scores' does not hold"))
                #expect(try source.waited("select * from scores").rowCount == 0)
            }
        }

        @Test func keysThatAreOneInTheTableAreRefused() throws {
            try with(.sqlite) { project, source in
                try change(.sqlite, project, "create table scores (id integer, label text)")
                try project.write(
                    "id,tenure,contract,monthly_charges\n1001,1,One year,50\n01001,2,One year,50\n", to: "twice.csv")
                let outcome = try project.start([
                    "score", "churn", "--from", "twice.csv", "--to", "warehouse#scores", "--keep", "id", "--key", "id",
                    "--mode", "merge",
                ]).wait()
                #expect(outcome.status == 1, "\(outcome.messages)")
                #expect(try source.waited("select * from scores").rowCount == 0)
            }
        }
    }
}
