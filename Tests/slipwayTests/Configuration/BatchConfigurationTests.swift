import Testing

@testable import slipway

struct BatchConfigurationTests {
    private static let sources = "project: p\nsources: { warehouse: { type: sqlite, path: w.db } }\n"

    private func batch(_ settings: String) throws -> BatchConfiguration? {
        try ConfigurationText.configuration(Self.sources + "batches: { nightly: { \(settings) } }").batches["nightly"]
    }

    private func problems(_ settings: String) -> String {
        ConfigurationText.problems(Self.sources + "batches: { nightly: { \(settings) } }")
    }

    @Test func theKeysAreTheOptionsOfScore() throws {
        let batch = try batch(
            """
            model: churn@3, from: "warehouse#customers", to: "warehouse#scores", mode: merge, key: [id, region],
            keep: [id, region], bad_rows: 1%, quarantine: "-odd.csv", strict: true, threads: 2, environment: test,
            schedule: "0 2 * * *", timeout: 2h, attempts: 3
            """)
        #expect(
            batch?.arguments == [
                "churn@3", "--from=warehouse#customers", "--to=warehouse#scores", "--mode=merge", "--key=id,region",
                "--keep=id,region", "--threads=2", "--bad-rows=1%", "--quarantine=-odd.csv", "--strict",
                "--environment", "test",
            ])
        #expect(batch?.environment == "test")
        #expect(batch?.schedule?.hours == [2])
        #expect(batch?.timeLimit == .seconds(7_200))
        #expect(batch?.attemptCountMax == 3)
    }

    @Test func filesNeedNoMode() throws {
        let batch = try batch("model: churn, from: rows.csv, to: scores.parquet")
        #expect(batch?.arguments == ["churn", "--from=rows.csv", "--to=scores.parquet", "--environment", "production"])
        #expect(batch?.attemptCountMax == BatchConfiguration.attemptCountMaxDefault)
    }

    @Test(arguments: [
        (#"from: a.csv, to: b.csv"#, "the key 'model' is missing"),
        (
            #"model: m, from: "warehose#t", to: b.csv"#,
            "'warehose' is not a source of this file; did you mean 'warehouse'"
        ),
        (#"model: m, from: a.csv, to: "warehouse#t""#, "write mode: replace, append, or merge"),
        (#"model: m, from: a.csv, to: "warehouse#t", mode: create"#, "write mode: replace, append, or merge"),
        (#"model: m, from: a.csv, to: "-""#, "a batch is scored again and again"),
        (#"model: m, from: a.csv, to: "warehouse#t", mode: append"#, "--mode append and merge need --key"),
        (#"model: m, from: a.csv, to: b.csv, mode: often"#, "slipway score does not take this"),
        (#"model: m, from: a.csv, to: b.csv, memory: much"#, "slipway score does not take this"),
        (#"model: m, from: a.csv, to: b.csv, shedule: "0 2 * * *""#, "did you mean 'schedule'"),
        (#"model: m, from: a.csv, to: b.csv, environment: prod"#, "is not a named environment of this file"),
        (#"model: m, from: a.csv, to: b.csv, threads: none"#, "is not a whole number"),
    ])
    func whatCannotBeScoredAgainAndAgainIsRefused(settings: String, words: String) {
        #expect(problems(settings).contains(words), "\(problems(settings))")
    }
}
