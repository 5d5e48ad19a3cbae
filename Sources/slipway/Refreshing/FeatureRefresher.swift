import Foundation
import Logging
import ServiceLifecycle
import SlipwayData
import SlipwayFeatures
import SlipwayServing

/// Keeps an eye on the feature views of an environment, and refreshes those that have a schedule.
///
/// A view is refreshed when its live copy is older than the last time of its schedule, so that a time that passed while
/// no server ran is made up for; a copy that somebody switched to since stays until the next time. Of several servers one has the lease of a view, which it renews while it works and
/// which passes by itself when it is killed. A refresh that fails is tried again with growing pauses.
struct FeatureRefresher: Service {
    /// How often the views are looked at.
    static let interval = Duration.seconds(2)
    /// How long a lease is held without being renewed.
    static let leaseTime = Duration.seconds(30)
    /// The pause after the first failure, and the longest one.
    static let pauses = (first: Duration.seconds(5), longest: Duration.seconds(300))

    private let platform: Platform
    private let views: [FeatureConfiguration]
    private let store: any FeatureStore
    private let freshness: FeatureFreshness
    private let logger: Logger
    private let holder = "\(ProcessInfo.processInfo.hostName):\(ProcessInfo.processInfo.processIdentifier):\(UUID())"

    /// Makes a refresher of all views of a project.
    init(_ platform: Platform, store: any FeatureStore, freshness: FeatureFreshness, logger: Logger) {
        self.platform = platform
        views = platform.project.features.values.sorted { $0.name < $1.name }
        self.store = store
        self.freshness = freshness
        self.logger = logger
    }

    /// Looks at each view again and again, until the server shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                for view in views { group.addTask { await follow(view) } }
                // A service that ends takes the server with it.
                group.addTask { while !Task.isCancelled { try? await Task.sleep(for: .seconds(3_600)) } }
            }
        }
    }

    private func follow(_ view: FeatureConfiguration) async {
        var failureCount = 0
        var next = ContinuousClock.now
        while !Task.isCancelled {
            let live = await note(view)
            if case .success(let live) = live, await isDue(view, live), next <= .now {
                do {
                    if try await refresh(view) { failureCount = 0 }
                } catch {
                    guard !Task.isCancelled else { return }
                    freshness.countRefresh(of: view.name, isDone: false)
                    let pause = min(Self.pauses.longest, Self.pauses.first * (1 << min(failureCount, 10)))
                    failureCount += 1
                    next = .now + pause
                    logger.error(
                        "a feature view is not refreshed; its rows from before stay",
                        metadata: ["view": "\(view.name)", "error": "\(error)"])
                }
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    /// Looks which copy is live, and shows its age.
    private func note(_ view: FeatureConfiguration) async -> Result<FeatureGeneration?, FeatureError> {
        let store = store
        let live = await BlockingWork.run { Result { () throws(FeatureError) in try store.live(view.name) } }
        if case .success(let live) = live {
            freshness.note(
                view.name, live: live, ageMax: view.ageMax, dueAt: view.refresh?.lastOccurrence(at: .now()))
        }
        return live
    }

    private func isDue(_ view: FeatureConfiguration, _ live: FeatureGeneration?) async -> Bool {
        guard let due = view.refresh?.lastOccurrence(at: .now()) else { return false }
        guard let live, live.replicatedAt < due else { return live == nil }
        // An older copy may be what somebody brought back, or the rows of a snapshot.
        let store = store
        let since = await BlockingWork.run { try? store.liveSince(view.name) }
        return since.map { $0 < due } ?? true
    }

    /// Refreshes a view, unless another server does.
    ///
    /// - Returns: Whether this server did.
    private func refresh(_ view: FeatureConfiguration) async throws -> Bool {
        guard try await lease(view.name, for: Self.leaseTime) else { return false }
        let outcome: Platform.Refreshment
        do {
            outcome = try await renewing(view.name) { try await platform.refresh(view, in: store) }
        } catch {
            _ = try? await lease(view.name, for: .zero)
            throw error
        }
        _ = try? await lease(view.name, for: .zero)
        switch outcome {
        case .replicated(let outcome):
            freshness.countRefresh(of: view.name, isDone: true)
            freshness.note(
                view.name, live: outcome.generation, ageMax: view.ageMax,
                dueAt: view.refresh?.lastOccurrence(at: .now()))
            logger.info("refreshed", metadata: ["view": "\(view.name)", "rows": "\(outcome.rowCount)"])
            return true
        case .kept(_, let error): throw error
        }
    }

    /// Renews a lease as long as work goes on.
    private func renewing<T: Sendable>(_ view: String, _ work: @Sendable () async throws -> T) async throws -> T {
        try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                while !Task.isCancelled {
                    try? await Task.sleep(for: Self.leaseTime / 3)
                    if !Task.isCancelled { _ = try? await lease(view, for: Self.leaseTime) }
                }
                return nil
            }
            defer { group.cancelAll() }
            return try await work()
        }
    }

    private func lease(_ view: String, for time: Duration) async throws(FeatureError) -> Bool {
        let (store, holder) = (store, holder)
        return try await BlockingWork.run { () throws(FeatureError) in
            let now = Timestamp.now()
            return try store.lease(
                view, to: holder, until: now.adding(milliseconds: Int64(time / .milliseconds(1))), now: now)
        }
    }
}
