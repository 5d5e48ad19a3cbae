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
    public static let claims: [ConformanceClaim<any DataSource>] = answers + streams + refusals

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
            "a runaway query is stopped at the timeout", endless, .sourceFailed, naming: "did not finish",
            limits: FetchLimits(timeout: .milliseconds(100))),
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

    private static let streams: [ConformanceClaim<any DataSource>] = [
        ConformanceClaim("a stream has the rows of a fetch in order, no more at a time than it is asked for") {
            source in
            let all = try await source.fetch("select * from people order by id")
            let stream = try await source.stream(
                "select * from people order by id", limits: StreamLimits(rowCountMax: 3))
            try ConformanceFailure.unlessEqual(stream.columns.names, all.names, "the columns")
            var rows: [[Value]] = []
            while let batch = try stream.next() {
                try ConformanceFailure.unless((1...3).contains(batch.rowCount), "a batch has 1 to 3 rows")
                try ConformanceFailure.unlessEqual(batch.columns.map(\.type), all.columns.map(\.type), "types")
                rows += (0..<batch.rowCount).map { batch.row($0) }
            }
            try ConformanceFailure.unlessEqual(rows, (0..<all.rowCount).map { all.row($0) }, "the rows")
            try ConformanceFailure.unlessEqual(try stream.next(), nil, "what comes behind the end")
        },
        ConformanceClaim("a stream without rows keeps its columns and their types") { source in
            let stream = try await source.stream("select id, height, name from people where id = 0")
            try ConformanceFailure.unlessEqual(stream.columns.names, ["id", "height", "name"], "names")
            try ConformanceFailure.unlessEqual(
                stream.columns.columns.map(\.type), [.integer, .number, .string], "types")
            try ConformanceFailure.unlessEqual(try stream.next(), nil, "the first batch")
        },
        ConformanceClaim("a stream that nobody has any longer holds nothing") { source in
            for _ in 0..<leftStreamCount {
                let stream = try await source.stream("select * from people", limits: StreamLimits(rowCountMax: 1))
                try ConformanceFailure.unlessEqual(try stream.next()?.rowCount, 1, "the number of rows")
            }
        },
        ConformanceClaim("a stream that is stopped gives no further rows") { source in
            let stream = try await source.stream("select * from people", limits: StreamLimits(rowCountMax: 1))
            _ = try stream.next()
            stream.stop()
            try ConformanceFailure.unless(Result { try stream.next() }.isFailure, "it throws")
        },
        ConformanceClaim("a row larger than a batch is refused") { source in
            var refusal: DataError?
            do throws(DataError) {
                _ = try await source.stream("select name from people", limits: StreamLimits(byteCountMax: 2)).next()
            } catch {
                refusal = error
            }
            try ConformanceFailure.unlessEqual(refusal?.kind, .limitExceeded, "the kind")
            try ConformanceFailure.unless(refusal?.message.contains(source.name) == true, "it names the source")
        },
        ConformanceClaim("a stream says what is wrong with its query before its first rows") { source in
            var refusal: DataError?
            do throws(DataError) { _ = try await source.stream("select * from absent_table") } catch { refusal = error }
            try ConformanceFailure.unlessEqual(refusal?.kind, .unreadable, "the kind")
            try ConformanceFailure.unless(refusal?.message.contains("absent_table") == true, "it names the table")
        },
        ConformanceClaim("a fetch that is given up ends") { source in
            let end = FirstOutcome<Bool>()
            let task = Task {
                let answer = await error(of: source, endless, limits: FetchLimits(timeout: patience * 4))
                end.decide(answer != nil)
            }
            task.cancel()
            let watch = Task {
                try await Task.sleep(for: patience)
                end.decide(false)
            }
            let hasEnded = await end.value
            watch.cancel()
            try ConformanceFailure.unless(hasEnded, "it ends with an error before its timeout")
        },
    ]

    /// More streams than any source lets run at once.
    private static let leftStreamCount = 40
    /// How long a query may go on that nobody waits for.
    private static let patience = Duration.seconds(3)
    private static let endless =
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n"

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

extension Result {
    fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
