import SlipwayAccess
import SlipwayTesting
import Testing

/// The suite of claims against stores that are known to be wrong.
struct AccessStoreConformanceTests {
    @Test func everyClaimSeesAFaultAndEveryFaultIsSeen() async {
        #expect(await ConformanceClaim.blindSpots(of: AccessStoreConformance.claims, by: FaultyAccessStore.init) == [])
    }
}

/// The store in memory with one thing wrong.
struct FaultyAccessStore: AccessStore {
    /// What is wrong, in words of the claim that it breaks.
    enum Fault: String, CaseIterable {
        case beginsWithAChange = "an empty store"
        case sortsByName = "in the order in which they were made"
        case dropsRevokedKeys = "a revoked key stays"
        case tellsTheOldestFirst = "newest first"
        case passesOverConflicts = "a name is taken"
        case mistakesTheReason = "an unknown key"
        case revokesAgain = "of many that revoke one key"
    }

    let fault: Fault
    private let base = InMemoryAccessStore()

    init(fault: Fault) { self.fault = fault }

    func create(_ key: APIKey, audit: AccessEntry) throws(AccessError) {
        do {
            try base.create(key, audit: audit)
        } catch {
            guard fault == .passesOverConflicts else { throw error }
        }
    }

    func revoke(_ id: String, audit: AccessEntry) throws(AccessError) -> APIKey {
        do {
            return try base.revoke(id, audit: audit)
        } catch {
            if fault == .revokesAgain, let key = try base.keys().first(where: { $0.id == id }) { return key }
            throw fault == .mistakesTheReason ? AccessError(.storeFailed, error.message) : error
        }
    }

    func keys() throws(AccessError) -> [APIKey] {
        let keys = try base.keys()
        switch fault {
        case .sortsByName: return keys.sorted { $0.name < $1.name }
        case .dropsRevokedKeys: return keys.filter { $0.revokedAt == nil }
        default: return keys
        }
    }

    func revision() throws(AccessError) -> Int {
        let revision = try base.revision()
        return fault == .beginsWithAChange && revision == 0 ? 1 : revision
    }

    func audit(limit: Int) throws(AccessError) -> [AccessEntry] {
        let entries = try base.audit(limit: limit)
        return fault == .tellsTheOldestFirst ? entries.reversed() : entries
    }
}
