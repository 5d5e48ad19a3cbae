public import Logging
public import ServiceLifecycle
import SlipwayData
public import SlipwayRegistry

/// Rolls back canaries whose errors or latency break their guard, while the server runs.
///
/// A canary that is found broken gets no more calls of this process at once; the registry hears of it, and with it every
/// other server, as soon as it can be written.
public struct CanaryGuard: Service {
    /// How often canaries are looked at.
    public static let interval = Duration.milliseconds(200)
    /// Who the audit log names.
    static let actor = "slipway serve"

    private let registry: Registry
    private let environment: String
    private let models: ServedModels
    private let logger: Logger

    /// Makes a guard of one environment.
    public init(registry: Registry, environment: String, models: ServedModels, logger: Logger) {
        self.registry = registry
        self.environment = environment
        self.models = models
        self.logger = logger
    }

    /// Looks again and again until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var reported: Set<String> = []
            while !Task.isCancelled {
                try? await Task.sleep(for: Self.interval)
                for (name, entry) in models.entries {
                    guard let challenger = entry.served?.challenger, let reason = challenger.trial?.look() else {
                        reported.remove(name)
                        continue
                    }
                    challenger.stop()
                    if reported.insert(name).inserted {
                        logger.warning(
                            "a canary broke its guard and gets no more calls",
                            metadata: ["version": "\(challenger.model.reference)", "reason": "\(reason)"])
                    }
                    await rollBack(challenger, because: reason)
                }
            }
        }
    }

    private func rollBack(_ challenger: ServedChallenger, because reason: String) async {
        do {
            try await BlockingWork.run { [registry, environment] () throws(RegistryError) in
                let deployment = try registry.store.deployment(of: challenger.model.name, in: environment)
                // Somebody may have set another one meanwhile, of which nothing is known yet.
                guard let deployment, deployment.challenger == challenger.deployed else { return }
                try registry.rollBackChallenger(of: deployment, by: Self.actor, because: reason)
            }
        } catch {
            // It is tried again at the next look; until then the canary is stopped here all the same.
            logger.warning("the registry cannot hear of a broken canary", metadata: ["error": "\(error)"])
        }
    }
}
