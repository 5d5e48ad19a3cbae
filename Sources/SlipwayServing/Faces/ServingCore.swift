public import Logging

/// What every face of a server stands on.
public struct ServingCore: Sendable {
    /// Predicts, and logs what it predicts.
    public var service: PredictionService
    /// Decides who may call.
    public var gatekeeper: Gatekeeper
    /// The version that the server reports.
    public var serverVersion: String
    /// Tells those who run the server what went wrong.
    public var logger: Logger
    /// Keeps a line for each request; somebody else runs it.
    public var accessLog: AccessLog?

    /// Makes a core.
    public init(
        service: PredictionService, gatekeeper: Gatekeeper = .open, serverVersion: String, logger: Logger,
        accessLog: AccessLog? = nil
    ) {
        self.service = service
        self.gatekeeper = gatekeeper
        self.serverVersion = serverVersion
        self.logger = logger
        self.accessLog = accessLog
    }
}
