import Foundation
import SlipwayAccess
import SlipwayRegistry
import SlipwaySQL
import SlipwayStore
import SlipwayTesting
import Testing

struct SQLAccessStoreTests {
    private let folder: TemporaryFolder
    private let path: String
    private let store: SQLAccessStore

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("registry.db")
        store = try SQLAccessStore(SQLiteDatabase(path: path))
    }

    @Test(arguments: AccessStoreConformance.claims)
    func conforms(_ claim: ConformanceClaim<any AccessStore>) async throws { try await claim.check(store) }

    @Test(arguments: AccessStoreConformance.claims)
    func theStoreInMemoryConforms(_ claim: ConformanceClaim<any AccessStore>) async throws {
        try await claim.check(InMemoryAccessStore())
    }

    @Test func sharesAFileWithTheRegistryAndOutlivesTheProcess() throws {
        _ = try SQLRegistryStore(SQLiteDatabase(path: path))
        let made = try KeyRegistry(store: store).create(KeyDraft(name: "billing", scopes: [Scope(.view)]), by: "ada")
        let reopened = try SQLAccessStore(SQLiteDatabase(path: path))
        #expect(try reopened.keys() == [made.key])
        #expect(try reopened.audit(limit: 9).map(\.keyID) == [made.key.id])
    }

    @Test func noSecretIsWrittenToTheDisk() throws {
        let keys = KeyRegistry(store: store)
        let made = try keys.create(KeyDraft(name: "billing", scopes: [Scope(.view)]), by: "ada")
        _ = try keys.revoke("billing", by: "ada")
        let secret = Data(made.secret.text.utf8.dropFirst(13))
        for name in try folder.names {
            let bytes = try Data(contentsOf: URL(filePath: folder.path(name)))
            #expect(bytes.range(of: secret) == nil, "\(name)")
        }
    }

    @Test func aScopeOfANewerSlipwayIsRefusedRatherThanGuessed() throws {
        _ = try KeyRegistry(store: store).create(KeyDraft(name: "billing", scopes: [Scope(.view)]), by: "ada")
        try SQLiteDatabase(path: path).write { try $0.execute("update access_keys set scopes = 'view paint:churn'") }
        let error = #expect(throws: AccessError.self) { try store.keys() }
        #expect(error?.kind == .storeFailed)
    }
}
