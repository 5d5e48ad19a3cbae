import SlipwayData
import SlipwayRegistry
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

struct SQLRegistryStoreTests {
    private typealias Kit = RegistryStoreConformance

    private let folder: TemporaryFolder
    private let path: String
    private let store: SQLRegistryStore

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("registry.db")
        store = try SQLRegistryStore(SQLiteDatabase(path: path))
    }

    /// The same file as another process opens it.
    private func otherProcess() throws -> SQLRegistryStore { try SQLRegistryStore(SQLiteDatabase(path: path)) }

    @Test(arguments: RegistryStoreConformance.claims)
    func conforms(_ claim: ConformanceClaim<any RegistryStore>) async throws { try await claim.check(store) }

    @Test func twoProcessesCountVersionsTogether() async throws {
        let stores = [store, try otherProcess()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<30 {
                group.addTask { try Kit.register(["package \(index / 2)"], in: stores[index % 2]) }
            }
            try await group.waitForAll()
        }
        for store in stores {
            #expect(try store.versions(of: "churn").map(\.number) == Array(1...15))
            #expect(try store.audit(model: nil, limit: 100).count == 15)
        }
    }

    @Test func aChangeOfAnotherProcessMakesAnOlderDecisionConflict() throws {
        try Kit.register(["a", "b"], in: store)
        let other = try otherProcess()
        let decided = try Kit.change(to: 1, store: store)
        _ = try other.apply(Kit.change(to: 2, store: other))
        let error = #expect(throws: RegistryError.self) { try store.apply(decided) }
        #expect(error?.kind == .conflict)
        #expect(error?.message.contains("its champion is churn@2") == true)
    }

    @Test func manyProcessesOpenANewFileAtOnce() async throws {
        let path = folder.path("new.db")
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<6 {
                group.addTask {
                    let store = try SQLRegistryStore(SQLiteDatabase(path: path))
                    return try RegistryStoreConformance.register(["package \(index)"], in: store)[0]
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.sorted() == Array(1...6))
    }

    @Test func everythingOutlivesTheProcess() throws {
        try Kit.register(["a", "b"], in: store)
        for version in [1, 2] { _ = try store.apply(Kit.change(to: version, store: store)) }
        let reopened = try otherProcess()
        #expect(try reopened.versions(of: "churn") == store.versions(of: "churn"))
        #expect(try reopened.deployment(of: "churn", in: "production")?.champion == 2)
        #expect(try reopened.championHistory(of: "churn", in: "production").previous == 1)
        #expect(try reopened.audit(model: nil, limit: 10) == store.audit(model: nil, limit: 10))
    }

    @Test func aStoreOfANewerSlipwayIsRefused() throws {
        let database = try SQLiteDatabase(path: path)
        try database.write {
            try $0.execute(
                "insert into schema_migrations (component, number, name, applied_at) values ('registry', 99, 'x', 'y')")
        }
        let error = #expect(throws: RegistryError.self) { try SQLRegistryStore(database) }
        #expect(error?.kind == .storeFailed)
        #expect(error?.hint?.contains("Update Slipway") == true)
    }
}
