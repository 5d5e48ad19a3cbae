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
        _ = try FileManager.default.replaceItemAt(
            URL(fileURLWithPath: source.path), withItemAt: URL(fileURLWithPath: folder.path("new.duckdb")))
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
            "pragma version", "call pragma_version()", "explain select 1", "export database '\(folder.path("all"))'",
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
