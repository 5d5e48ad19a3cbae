public import SlipwayData

/// What every data source must hold, as claims over a source that holds the table ``people``.
public enum DataSourceConformance {
    /// The rows that the source under test must hold in a table `people`.
    public static func people() throws(DataError) -> Table {
        try Table(columns: [
            Column(name: "id", values: .integers([1, 2, 3, .max])),
            Column(name: "name", values: .strings(["Ada", "Zoë 🚢", "O'Hara, \"Kit\"\nJr.", "张伟"])),
            Column(name: "height", values: .numbers([1.5, .nan, -0.125, 1e300])),
            Column(
                name: "member", values: .booleans([true, false, false, true]), validity: [true, true, false, true]),
            Column(name: "note", values: .strings(["x", "", "y", "z"]), validity: [true, false, true, true]),
        ])
    }

    /// The claims.
    public static let claims: [ConformanceClaim<any DataSource>] = answers + refusals

    private static let answers: [ConformanceClaim<any DataSource>] = [
        ConformanceClaim("types, missing cells, and Unicode come back as they are") { source in
            let table = try await source.fetch("select * from people order by id")
            try ConformanceFailure.unlessEqual(table.columns.map(\.type), try people().columns.map(\.type), "types")
            for row in 0..<4 {
                try ConformanceFailure.unlessEqual(table.row(row), try people().row(row), "row \(row)")
            }
            try ConformanceFailure.unlessEqual(table.rowCount, 4, "the number of rows")
        },
        ConformanceClaim("a query selects, filters, and computes") { source in
            let table = try await source.fetch("select name, id * 2 as twice from people where id < 3 order by id desc")
            try ConformanceFailure.unlessEqual(table.names, ["name", "twice"], "names")
            try ConformanceFailure.unlessEqual(table.row(0), [.string("Zoë 🚢"), .integer(4)], "the first row")
        },
        ConformanceClaim("an empty result keeps its columns and their types") { source in
            let table = try await source.fetch("select id, height, name from people where id = 0")
            try ConformanceFailure.unlessEqual(table.names, ["id", "height", "name"], "names")
            try ConformanceFailure.unlessEqual(table.columns.map(\.type), [.integer, .number, .string], "types")
            try ConformanceFailure.unlessEqual(table.rowCount, 0, "the number of rows")
        },
        ConformanceClaim("fetches run at the same time") { source in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask { try await source.fetch("select id from people").rowCount }
                }
                for try await count in group { try ConformanceFailure.unlessEqual(count, 4, "the number of rows") }
            }
        },
        ConformanceClaim("the tables that a source names can be fetched") { source in
            let people = try await source.tables().first { $0.name == "people" }
            let table = try await source.fetch("select id from \(people?.sql ?? "no table")")
            try ConformanceFailure.unlessEqual(table.rowCount, 4, "the number of rows")
        },
        ConformanceClaim("a result at its row limit is whole") { source in
            let table = try await source.fetch("select id from people", limits: FetchLimits(rowCountMax: 4))
            try ConformanceFailure.unlessEqual(table.rowCount, 4, "the number of rows")
        },
    ]

    private static let refusals: [ConformanceClaim<any DataSource>] = [
        refusal("an unknown table is named", "select * from absent_table", .unreadable, naming: "absent_table"),
        refusal(
            "an unknown column is named", "select absent_column from people", .missingColumn, naming: "absent_column"),
        refusal("a broken query is refused", "selec 1", .sourceFailed, naming: "selec"),
        refusal("two statements are refused", "select 1; select 2", .sourceFailed, naming: "statement"),
        refusal("two columns of one name are refused", "select id, id from people", .sourceFailed, naming: "'id'"),
        refusal("no query at all is refused", " ", .sourceFailed, naming: ""),
        refusal(
            "a result over the row limit is refused", "select id from people", .limitExceeded, naming: "3",
            limits: FetchLimits(rowCountMax: 3)),
        refusal(
            "a result over the byte limit is refused", "select id from people", .limitExceeded, naming: "31",
            limits: FetchLimits(byteCountMax: 31)),
        refusal(
            "a runaway query is stopped at the timeout",
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n",
            .sourceFailed, naming: "did not finish", limits: FetchLimits(timeout: .milliseconds(100))),
        ConformanceClaim("an attempt to write is refused and changes nothing") { source in
            for statement in [
                "delete from people", "drop table people", "update people set id = 0", "create table other (a integer)",
                "insert into people (id) values (9)", "delete from people returning id",
                "with gone as (select 1) delete from people", "begin", "commit", "vacuum",
            ] {
                let error = await error(of: source, statement)
                try ConformanceFailure.unlessEqual(error?.kind, .sourceFailed, "the error of '\(statement)'")
            }
            let table = try await source.fetch("select id from people")
            try ConformanceFailure.unlessEqual(table.rowCount, 4, "the number of rows")
        },
    ]

    private static func refusal(
        _ description: String, _ query: String, _ kind: DataError.Code, naming part: String,
        limits: FetchLimits = FetchLimits()
    ) -> ConformanceClaim<any DataSource> {
        ConformanceClaim(description) { source in
            let error = await error(of: source, query, limits: limits)
            try ConformanceFailure.unlessEqual(error?.kind, kind, "the kind of '\(error?.message ?? "no error")'")
            let message = error?.message ?? ""
            try ConformanceFailure.unless(part.isEmpty || message.contains(part), "'\(message)' names '\(part)'")
            try ConformanceFailure.unless(message.contains(source.name), "'\(message)' names the source")
        }
    }

    private static func error(
        of source: any DataSource, _ query: String, limits: FetchLimits = FetchLimits()
    ) async -> DataError? {
        do {
            _ = try await source.fetch(query, limits: limits)
            return nil
        } catch {
            return error
        }
    }
}
