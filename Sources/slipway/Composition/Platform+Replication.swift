import SlipwayData
import SlipwayFeatures

extension Platform {
    /// What became of an attempt to bring fresh rows.
    enum Refreshment {
        /// There are fresh rows.
        case replicated(ReplicationOutcome)
        /// The source failed in a way that may pass, and its policy allows the rows from before.
        case kept(FeatureGeneration, since: FeatureError)
    }

    /// Brings the rows of a view from its source into a store.
    ///
    /// - Throws: What keeps the view from being replicated, where rows from before may not stand in.
    func refresh(_ configuration: FeatureConfiguration, in store: any FeatureStore) async throws -> Refreshment {
        let policy = try project.source(named: configuration.source).policy
        let featureView = configuration.featureView
        let replication = Replication(
            view: featureView, source: try source(named: configuration.source), store: store,
            ciphers: try ciphers(for: configuration.privacy), keyedDigest: try keyedDigest(for: configuration.privacy))
        let failure: FeatureError
        do {
            return .replicated(try await replication.run())
        } catch {
            failure = error
        }
        let mayKeep = policy.onFailure == .stale && failure.kind == .fetchFailed && failure.outlook != .lasting
        guard mayKeep, let copy = try store.live(configuration.name), !featureView.isStale(copy, at: .now()) else {
            throw failure
        }
        return .kept(copy, since: failure)
    }
}
