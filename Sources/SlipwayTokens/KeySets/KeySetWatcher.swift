public import Logging
public import ServiceLifecycle
import SlipwayAccess

/// Reads an issuer's keys again and again, sooner when a token names one that is not known.
public struct KeySetWatcher: Service {
    /// The shortest time between two readings that tokens ask for: whoever sends such tokens must not make many.
    static let askedInterval = Duration.seconds(30)

    private let tokens: IssuerTokens
    private let logger: Logger

    /// Makes a watcher.
    public init(tokens: IssuerTokens, logger: Logger) {
        self.tokens = tokens
        self.logger = logger
    }

    /// Follows the issuer until the server shuts down.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var readAt = ContinuousClock.now
            var problem: AccessError?
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(1))
                let age = ContinuousClock.now - readAt
                let interval = tokens.source.interval
                guard age >= interval || (tokens.isUnknownKeyAsked && age >= min(interval, Self.askedInterval)) else {
                    continue
                }
                readAt = .now
                do throws(AccessError) {
                    try await tokens.refresh()
                    problem = nil
                } catch {
                    if error != problem {
                        logger.warning(
                            "the issuer's keys cannot be read; those that are known go on to hold",
                            metadata: ["error": "\(error)"])
                    }
                    problem = error
                }
            }
        }
    }
}
