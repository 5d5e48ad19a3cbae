import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle
public import SlipwayServing

/// The HTTP face of a prediction service.
public struct ServingApplication: Service {
    /// Where the server listens, and what it says of itself.
    public struct Configuration: Sendable {
        /// The address to bind.
        public var host: String
        /// The port to bind; 0 takes a free one.
        public var port: Int
        /// The version that the server reports.
        public var serverVersion: String

        /// Makes a configuration.
        public init(host: String = "127.0.0.1", port: Int = 8080, serverVersion: String) {
            self.host = host
            self.port = port
            self.serverVersion = serverVersion
        }

        /// Whether only programs of this machine can reach the server.
        public var isLoopback: Bool {
            // A name may begin with 127. and still lead anywhere; an address has digits and dots alone.
            let isAddress = host.allSatisfy { $0 == "." || ("0"..."9").contains($0) }
            return host == "localhost" || host == "::1" || (isAddress && host.hasPrefix("127."))
        }
    }

    private let service: PredictionService
    private let configuration: Configuration
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// Makes an application.
    ///
    /// - Parameter onListening: Called with the port once connections are accepted.
    public init(
        service: PredictionService, configuration: Configuration, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.service = service
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the process is asked to stop; requests under way are answered first.
    ///
    /// - Throws: ``ListenError`` when the address cannot be bound.
    public func run() async throws {
        let onListening = onListening
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ContinueHandler()], idleTimeout: .seconds(RequestLimits.idleSecondsMax))
        let application = Application(
            router: router(), server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: "slipway"),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw ListenError(
                host: configuration.host, port: configuration.port, reason: String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(
                host: configuration.host, port: configuration.port, reason: "nothing is known by that name")
        }
    }

    private func router() -> Router<ServingContext> {
        let router = Router(context: ServingContext.self, options: .autoGenerateHeadEndpoints)
        let paths = Router(context: ServingContext.self)
        addRoutes(to: paths)
        let index = RouteIndex(paths.routes.map { ($0.path.description, $0.method) })
        router.add(middleware: ErrorMiddleware(routes: index, metrics: service.metrics, models: service.models))
        addRoutes(to: router)
        return router
    }

    private func addRoutes(to router: Router<ServingContext>) {
        PredictionRoutes(service: service).add(to: router)
        ModelRoutes(service: service).add(to: router)
        InferenceProtocolRoutes(service: service, serverVersion: configuration.serverVersion).add(to: router)
        RepositoryRoutes(service: service).add(to: router)
        MLflowRoutes(service: service, serverVersion: configuration.serverVersion).add(to: router)
        TensorFlowRoutes(service: service).add(to: router)
        OperationsRoutes(service: service, serverVersion: configuration.serverVersion).add(to: router)
    }
}
