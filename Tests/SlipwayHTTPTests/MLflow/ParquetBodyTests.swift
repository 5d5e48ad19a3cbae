import Foundation
import SlipwayData
import SlipwayDuckDB
import SlipwayMonitoring
import SlipwayServing
import SlipwayServingTesting
import Testing

@testable import SlipwayHTTP

@Suite(.serialized, .enabled(if: Library.shared.isAvailable)) struct ParquetBodyTests {
    private static let path = "/models/churn/invocations"

    private static func file(_ name: String) throws -> Data {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Data(contentsOf: folder.appendingPathComponent("Fixtures/parquet/\(name).parquet"))
    }

    private static func post(_ server: TestServer, _ body: Data, type: String? = nil) async throws -> Answer {
        try await server.send("POST", path, body, type: type ?? MLflowRoutes.parquetTypes[0])
    }

    private static func serving(
        limits: ServingLimits = ServingLimits(), parquet: (any ParquetFiles)? = DuckDBParquet(),
        _ body: @Sendable (TestServer, TestProject) async throws -> Void
    ) async throws {
        let project = try await TestProject.ready()
        try await TestServer.serving(project, limits: limits, parquet: parquet) { try await body($0, project) }
    }

    @Test(arguments: MLflowRoutes.parquetTypes + ["Application/Vnd.Apache.Parquet; charset=utf-8"])
    func aFrameOfPandasIsPredictedInOrder(type: String) async throws {
        try await Self.serving { server, project in
            let answer = try await Self.post(server, try Self.file("rows"), type: type)
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["predictions"] == .array(["Yes", "No"]))
            let inputs = try project.predictions(of: "churn").map(\.inputs)
            #expect(inputs.map { $0["contract"] } == ["month", "year"])
            #expect(inputs.map { $0["age"] } == [.number(64.49103), .number(9.33202)])
        }
    }

    @Test func withoutDuckDBTheTypeIsRefusedWithTheWayOut() async throws {
        let absent = DuckDBParquet(library: Library(environment: [Library.environmentVariable: "/nowhere.so"]))
        for parquet in [nil, absent] as [(any ParquetFiles)?] {
            try await Self.serving(parquet: parquet) { server, _ in
                let answer = try await Self.post(server, try Self.file("rows"))
                #expect(answer.status == 415)
                #expect(answer.text.contains("DuckDB") && answer.text.contains("parquet: true"))
                #expect(!answer.text.contains("/nowhere.so"))
                #expect(try await server.post(Self.path, #"{"instances":[\#(Rows.record)]}"#).status == 200)
            }
        }
    }

    @Test func whatCannotBeReadIsTheCallersFault() async throws {
        let whole = try Self.file("rows")
        var bomb = Data("PAR1".utf8) + Data([0x15, 2, 0x19, 0xFC, 0x80, 0xE1, 0xEB, 0x17, 0, 0, 0])
        bomb += Data([11, 0, 0, 0]) + Data("PAR1".utf8)
        let bodies: [(Data, Int)] = [
            (Data(), 400), (Data("age,income\n1,2\n".utf8), 400), (whole.dropLast(1), 400), (whole.prefix(500), 400),
            (bomb, 413), (try Self.file("case"), 400), (try Self.file("frame"), 422),
        ]
        try await Self.serving { server, project in
            for (body, status) in bodies {
                let answer = try await Self.post(server, Data(body))
                #expect(answer.status == status, "\(answer.text)")
                #expect(!answer.text.contains("/proc/"))
            }
            #expect(try project.predictions(of: "churn").isEmpty)
        }
    }

    @Test func moreRowsThanAllowedAreTooLarge() async throws {
        var limits = ServingLimits()
        limits.rowCountMax = 1
        try await Self.serving(limits: limits) { server, _ in
            let answer = try await Self.post(server, try Self.file("rows"))
            #expect(answer.status == 413, "\(answer.text)")
        }
    }

    @Test func changedFilesAreAnsweredOrRefused() async throws {
        let whole = Array(try Self.file("rows"))
        try await Self.serving { server, _ in
            var generator = SplitMix64(seed: 11)
            for _ in 0..<60 {
                var bytes = whole
                for _ in 0..<Int(1 + generator.next() % 4) {
                    bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(generator.next() % 256)
                }
                let answer = try await Self.post(server, Data(bytes))
                #expect([200, 400, 413, 422].contains(answer.status), "\(answer.text)")
            }
        }
    }
}
