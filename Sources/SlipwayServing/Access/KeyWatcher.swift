public import Logging
public import ServiceLifecycle
public import SlipwayAccess
import SlipwayData

/// Keeps a gatekeeper true to the store of keys.
///
/// It looks five times a second, so that a key that is revoked by any process opens nothing within a second. While the
/// store cannot be read, the keys that were known go on to hold: nothing can be revoked there then either.
public struct KeyWatcher: Service {
    /// How often the store is looked at.
    public static let interval = Duration.milliseconds(200)

    private let store: any AccessStore
    private let gatekeeper: Gatekeeper
    private let metrics: ServingMetrics
    private let logger: Logger

    /// Makes a watcher.
    public init(store: any AccessStore, gatekeeper: Gatekeeper, metrics: ServingMetrics, logger: Logger) {
        self.store = store
        self.gatekeeper = gatekeeper
        self.metrics = metrics
        self.logger = logger
    }

    /// Loads all keys before the server opens its port.
    ///
    /// - Returns: The keys.
    /// - Throws: `AccessError`; a server that cannot read its keys does not start.
    @discardableResult
    public func load() throws(AccessError) -> KeySet {
        let keys = KeySet(try store.keys())
        gatekeeper.replaceKeys(with: keys)
        return keys
    }

    /// Follows the store until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var known: Int?
            var isReadable = true
            while !Task.isCancelled {
                // Reading the store blocks, so it keeps off the threads that answer requests.
                let revision = known
                do {
                    known = try await BlockingWork.run { try look(since: revision) }
                    isReadable = true
                } catch {
                    metrics.countRegistryFailure()
                    if isReadable {
                        logger.warning(
                            "the keys cannot be read; those that are known go on to hold",
                            metadata: ["error": "\(error)"])
                    }
                    isReadable = false
                }
                try? await Task.sleep(for: Self.interval)
            }
        }
    }

    /// Takes the keys if anything changed after a revision.
    ///
    /// - Returns: The revision now. It is read first: what changes in between is seen at the next look.
    private func look(since known: Int?) throws -> Int {
        let revision = try store.revision()
        if revision != known { try load() }
        return revision
    }
}
