import Foundation
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayTesting
import Testing

@testable import slipway

/// Buckets as a source of a project, over servers that others wrote.
struct BucketSourceTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The source of a project file.
    private func source(
        below prefix: String, of program: S3Server.Program, _ more: String = ""
    ) throws -> (source: S3Source, bucket: S3Bucket) {
        let place = try TestBucket(below: prefix, of: program)
        try folder.write(S3Server.accessKey, to: "key")
        try folder.write(S3Server.secretKey, to: "secret")
        let line = place.line.replacing("\"${LAKE_KEY}\"", with: "\"file:key\"")
            .replacing("\"${LAKE_SECRET}\"", with: "\"file:secret\"").replacing(" }", with: "\(more) }")
        let project = try ProjectConfiguration(
            bytes: Array("project: shop\nsources:\n\(line)\n".utf8), folder: ProjectFolder(path: folder.path))
        return (try project.bucketSource(project.source(named: "lake")), place.bucket)
    }

    @Test(arguments: DataSourceConformance.claims, S3Server.Program.allCases)
    func conforms(_ claim: ConformanceClaim<any DataSource>, _ program: S3Server.Program) async throws {
        let (source, bucket) = try source(below: UUID().uuidString, of: program)
        let path = folder.path("people.parquet")
        try DuckDBParquet().write(DataSourceConformance.people(), to: path)
        try await bucket.put(path, as: "people.parquet", replacing: .done)
        try await claim.check(source)
    }

    @Test(arguments: S3Server.Program.allCases)
    func filesOfAllKindsAreJoinedAndNoneStaysHere(program: S3Server.Program) async throws {
        let (source, bucket) = try source(below: UUID().uuidString, of: program)
        let people = folder.path("people.parquet")
        try DuckDBParquet().write(DataSourceConformance.people(), to: people)
        try await bucket.put(people, as: "People.parquet", replacing: .done)
        try await bucket.put(
            folder.write("person,city\n1,Delft\n3,Porto\n", to: "c"), as: "cities of.csv", replacing: .done)
        try await bucket.put(
            folder.write("{\"city\": \"Delft\", \"size\": 1}\n", to: "s"), as: "sizes.jsonl", replacing: .done)
        try await bucket.put(folder.write("broken", to: "b"), as: "broken.parquet", replacing: .done)
        try await bucket.put(folder.write("a\n1\n", to: "w"), as: "below/hidden.csv", replacing: .done)
        try await bucket.put(folder.write("no table", to: "n"), as: "readme.txt", replacing: .done)
        let table = try await source.fetch(
            "select name, size from people join \"cities of\" on person = id join sizes using (city)")
        #expect(table.row(0) == [.string("Ada"), .integer(1)] && table.rowCount == 1)
        #expect(try await source.tables().map(\.name) == ["People", "broken", "cities of", "sizes"])
        let unknown = await #expect(throws: DataError.self) { try await source.fetch("select * from hidden") }
        #expect(unknown?.kind == .unreadable)
        #expect(unknown?.hint?.contains("holds People, broken, cities of, sizes.") == true, "\(unknown?.hint ?? "")")
        let broken = await #expect(throws: DataError.self) { try await source.fetch("select * from broken") }
        #expect(broken?.message.contains("broken.parquet") == true)
        for error in [unknown, broken] { #expect(error?.description.contains(folder.path) == false) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path(".slipway/objects")) == [])
    }

    @Test func filesOverTheLimitAreNotBrought() async throws {
        let (source, bucket) = try source(below: UUID().uuidString, of: .rclone, ", max_size: 1KB")
        let text = "a\n\(String(repeating: "1\n", count: 400))"
        for name in ["x.csv", "y.csv"] {
            try await bucket.put(folder.write(text, to: "up"), as: name, replacing: .done)
        }
        #expect(try await source.fetch("select * from x").rowCount == 400)
        let error = await #expect(throws: DataError.self) { try await source.fetch("select x.a from x, y") }
        #expect(error?.kind == .limitExceeded && error?.hint?.contains("max_size") == true)
    }

    @Test func aServerThatIsAwayMayComeBack() async throws {
        let server = try OddServer { $0.answer("<Error><Code>SlowDown</Code></Error>", status: 503) }
        let line =
            "  lake: { type: s3, url: s3://shop-data/x, endpoint: \"\(server.url.absoluteString)\", plain_http: true }"
        let project = try ProjectConfiguration(
            bytes: Array("project: shop\nsources:\n\(line)\n".utf8), folder: ProjectFolder(path: folder.path))
        let source = try project.bucketSource(project.source(named: "lake"))
        let error = await #expect(throws: DataError.self) { try await source.fetch("select 1 as one") }
        #expect(error?.outlook == .passing())
        #expect(error?.message.hasPrefix("source 'lake': GET s3://shop-data/: ") == true)
    }
}
