public import Logging
public import ServiceLifecycle

/// Says that the server is not ready any more as soon as it is asked to end, before it stops listening.
///
/// Where somebody asks for readiness, such as a load balancer, the server listens on for a while, so that new calls go
/// elsewhere before connections are refused. It must be the last one of a group's services, which are stopped in
/// reverse order.
public struct Drain: Service {
    private let gate: LoadGate
    private let limits: ServingLimits
    private let logger: Logger
    private let wait: @Sendable (Duration) async -> Void

    /// Makes the drain of a service.
    public init(of service: PredictionService, logger: Logger) {
        self.init(of: service, logger: logger) { try? await Task.sleep(for: $0) }
    }

    /// Makes a drain with its own way of letting the time of the notice pass.
    package init(
        of service: PredictionService, logger: Logger, waiting wait: @escaping @Sendable (Duration) async -> Void
    ) {
        gate = service.gate
        limits = service.limits
        self.logger = logger
        self.wait = wait
    }

    /// Waits until the server is asked to end, and gives notice.
    public func run() async throws {
        do {
            try await gracefulShutdown()
        } catch {
            return
        }
        gate.drain()
        let notice = gate.isWatched ? limits.noticeTime : .zero
        logger.info(
            "ending: not ready any more",
            metadata: ["under_way": "\(gate.requestCount)", "listening_on_for": "\(notice)"])
        if notice > .zero { await wait(notice) }
    }
}
