import Foundation
import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayDuckDB

@Suite(.enabled(if: Library.shared.isAvailable))
struct DuckDBSourceTests {
    private let folder: TemporaryFolder
    private let source: DuckDBSource

    init() throws {
        folder = try TemporaryFolder()
        try folder.makeDatabase("warehouse.duckdb", DataSourceConformance.people())
        source = DuckDBSource(name: "warehouse", path: folder.path("warehouse.duckdb"))
    }

    @Test(arguments: DataSourceConformance.claims)
    func conforms(_ claim: ConformanceClaim<any DataSource>) async throws { try await claim.check(source) }

    @Test func aReplacedFileIsSeenByTheNextFetch() async throws {
        #expect(try await source.fetch("select count(*) as n from people").row(0) == [.integer(4)])
        try folder.makeDatabase("new.duckdb", Table(columns: [Column(name: "a", values: .integers([1]))]))
        try #require(rename(folder.path("new.duckdb"), source.path) == 0)
        #expect(try await source.fetch("select a from people").row(0) == [.integer(1)])
    }

    @Test func theFileIsFreeForItsWriterAfterAFetch() async throws {
        _ = try await source.fetch("select 1 as one")
        try folder.makeDatabase("warehouse.duckdb", Table(columns: [Column(name: "a", values: .integers([7]))]))
        #expect(try await source.fetch("select a from people").row(0) == [.integer(7)])
    }

    @Test func aFileThatIsNotThereOrNoDatabaseIsNamed() async throws {
        let broken = try folder.write("no database", to: "broken.duckdb")
        for path in [folder.path("absent.duckdb"), broken] {
            let source = DuckDBSource(name: "warehouse", path: path)
            let error = await #expect(throws: DataError.self) { try await source.fetch("select 1 as one") }
            #expect(error?.message.contains(path) == true)
            #expect(error?.message.contains("source 'warehouse'") == true)
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("absent.duckdb")))
    }

    @Test func aQueryReachesNothingElseAndChangesNothing() async throws {
        let secret = try folder.write("a\n1\n", to: "secret.csv")
        for query in [
            "select * from read_csv('\(secret)')", "select * from '\(secret)'",
            "select * from glob('\(folder.path)/*')",
            "attach '\(folder.path("other.duckdb"))'", "copy people to '\(folder.path("out.csv"))'", "install httpfs",
            "load httpfs", "set memory_limit = '10GB'", "create temp table t as select 1 as a", "checkpoint",
            "call pragma_version()", "explain select 1", "export database '\(folder.path("all"))'",
            "select * from enable_logging(storage = 'file', storage_path = '\(folder.path("log"))')",
            "select 1 as \0one",
        ] {
            await #expect(throws: DataError.self, "\(query)") { try await source.fetch(query) }
        }
        #expect(try folder.names == ["secret.csv", "warehouse.duckdb"])
        #expect(try await source.fetch("select count(*) as n from people").row(0) == [.integer(4)])
    }

    @Test func aQueryOverItsMemoryIsRefused() async throws {
        let use = DatabaseUse(memoryByteCountMax: 16 << 20, threadCount: 1)
        let source = DuckDBSource(name: "warehouse", path: source.path, use: use)
        let error = await #expect(throws: DataError.self) {
            try await source.fetch("select range as n, count(*) as c from range(5000000) group by all order by all")
        }
        #expect(error?.kind == .limitExceeded)
        #expect(error?.message.contains("memory") == true)
    }

    @Test func aTableLargerThanTheMemoryOfItsSourceComesAsAStream() async throws {
        let use = DatabaseUse(memoryByteCountMax: 32 << 20, threadCount: 1)
        let path = folder.path("large.duckdb")
        let table = try Table(columns: [
            Column(name: "t", values: .strings((0..<100).map { "\($0)" + String(repeating: "x", count: 1_000) }))
        ])
        try folder.makeDatabase("large.duckdb", table)
        let source = DuckDBSource(name: "warehouse", path: path, use: use)
        let stream = try await source.stream("select a.t || b.t || c.range as t from people a, people b, range(6) c")
        var (rowCount, byteCount) = (0, 0)
        while let batch = try stream.next() {
            #expect(batch.rowCount <= StreamLimits.rowCountMaxDefault)
            rowCount += batch.rowCount
            for row in 0..<batch.rowCount { byteCount += batch.row(row)[0].byteCount }
        }
        #expect(rowCount == 60_000)
        #expect(byteCount > 3 * use.memoryByteCountMax)
    }

    @Test func aTextThatStandsOnceInAllRowsIsCutIntoBatches() async throws {
        let limits = StreamLimits(byteCountMax: 100_000)
        let stream = try await source.stream("select repeat('x', 30000) as t from range(1000)", limits: limits)
        var rowCount = 0
        while let batch = try stream.next() {
            #expect(batch.rowCount == 4)
            rowCount += batch.rowCount
        }
        #expect(rowCount == 1_000)
    }

    @Test func aCancelledFetchStopsItsQuery() async throws {
        let source = source
        let task = Task {
            try await source.fetch("select count(*) as c from range(1000000000000000) where range % 7 = 8")
        }
        task.cancel()
        await #expect(throws: DataError.self) { try await task.value }
    }

    @Test func withoutTheLibraryTheErrorSaysHowToInstallIt() async {
        let source = DuckDBSource(
            name: "warehouse", path: source.path,
            library: Library(environment: [Library.environmentVariable: "/absent/libduckdb.so"]))
        let error = await #expect(throws: DataError.self) { try await source.fetch("select 1 as one") }
        #expect(error?.kind == .unreadable)
        #expect(error?.message.contains("dev/setup") == true)
    }
}
