import Foundation
import SlipwayData
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
    }
}
