import SlipwayData
import SlipwayPipelines
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

struct SQLRunStoreTests {
    private let folder: TemporaryFolder
    private let path: String
    private let store: SQLRunStore

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("registry.db")
        store = try SQLRunStore(SQLiteDatabase(path: path))
    }

    @Test(arguments: RunStoreConformance.claims)
    func conforms(_ claim: ConformanceClaim<any RunStore>) async throws { try await claim.check(store) }

    @Test(arguments: RunStoreConformance.claims)
    func theStoreInMemoryConforms(_ claim: ConformanceClaim<any RunStore>) async throws {
        try await claim.check(InMemoryRunStore())
    }

    @Test func sharesAFileWithTheRegistryAndOutlivesTheProcess() throws {
        _ = try SQLRegistryStore(SQLiteDatabase(path: path))
        let run = try store.start(Job(.retrain, "churn", in: "production"))
        #expect(try SQLRunStore(SQLiteDatabase(path: path)).runs(limit: 9) == [run])
    }

    @Test func aRunOfANewerSlipwayIsRefusedRatherThanGuessed() throws {
        _ = try store.start(Job(.retrain, "churn", in: "production"))
        try SQLiteDatabase(path: path).write { try $0.execute("update runs set kind = 'dance'") }
        let error = #expect(throws: PipelineError.self) { try store.runs(limit: 9) }
        #expect(error?.kind == .storeFailed)
    }
}
