public import SlipwayAccess
import Synchronization

/// A store of keys without a disk, for tests of what stands on the seam.
public final class InMemoryAccessStore: AccessStore {
    private struct State {
        var keys: [APIKey] = []
        var audit: [AccessEntry] = []
        var isUnreadable = false
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    public init() {}

    /// Keeps a new key with its audit entry.
    public func create(_ key: APIKey, audit: AccessEntry) throws(AccessError) {
        try state.withLock { state throws(AccessError) in
            guard !state.keys.contains(where: { $0.id == key.id || ($0.name == key.name && $0.revokedAt == nil) })
            else { throw AccessError(.conflict, "there is a key '\(key.name)' already") }
            state.keys.append(key)
            state.audit.append(audit)
        }
    }

    /// Marks a key as revoked, with its audit entry.
    public func revoke(_ id: String, audit: AccessEntry) throws(AccessError) -> APIKey {
        try state.withLock { state throws(AccessError) in
            guard let index = state.keys.firstIndex(where: { $0.id == id }) else {
                throw AccessError(.notFound, "there is no key with this id")
            }
            guard state.keys[index].revokedAt == nil else {
                throw AccessError(.conflict, "the key was revoked already")
            }
            state.keys[index].revokedAt = audit.time
            state.audit.append(audit)
            return state.keys[index]
        }
    }

    /// All keys in the order in which they were made.
    public func keys() throws(AccessError) -> [APIKey] { try reading { $0.keys } }

    /// The number of changes so far.
    public func revision() throws(AccessError) -> Int { try reading { $0.audit.count } }

    /// The latest audit entries, newest first.
    public func audit(limit: Int) throws(AccessError) -> [AccessEntry] {
        try reading { Array($0.audit.reversed().prefix(max(0, limit))) }
    }

    /// Makes every reading fail from now on, or no more, as a locked store does.
    public func setUnreadable(_ isUnreadable: Bool) { state.withLock { $0.isUnreadable = isUnreadable } }

    private func reading<T: Sendable>(_ read: (State) -> T) throws(AccessError) -> T {
        try state.withLock { state throws(AccessError) in
            guard !state.isUnreadable else { throw AccessError(.storeFailed, "the store is locked") }
            return read(state)
        }
    }
}
