import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import ServiceLifecycle
import SlipwayNetwork
public import SlipwayServing
public import SlipwayTLS

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
        /// The origins of web pages whose scripts may call, such as `https://app.example`; `*` stands for all, and
        /// without any no page may.
        public var origins: [String]
        /// The certificates of the server; `nil` serves in the clear.
        public var tls: TLSFiles?
        /// The files with which `/docs` shows the API.
        public var swaggerUI = SwaggerUI.shared

        /// Makes a configuration.
        public init(
            host: String = "127.0.0.1", port: Int = 8080, serverVersion: String, origins: [String] = [],
            tls: TLSFiles? = nil
        ) {
            self.host = host
            self.port = port
            self.serverVersion = serverVersion
            self.origins = origins
            self.tls = tls
        }

        /// Whether only programs of this machine can reach the server.
        public var isLoopback: Bool {
            // A name may begin with 127. and still lead anywhere; an address has digits and dots alone.
            let isAddress = host.allSatisfy { $0 == "." || ("0"..."9").contains($0) }
            return host == "localhost" || host == "::1" || (isAddress && host.hasPrefix("127."))
        }
    }

    private let service: PredictionService
    private let gatekeeper: Gatekeeper
    private let configuration: Configuration
    private let logger: Logger
    private let accessLog: AccessLog?
    private let onListening: @Sendable (Int) async -> Void

    /// Makes an application.
    ///
    /// - Parameters:
    ///   - gatekeeper: Decides who may call.
    ///   - accessLog: Keeps a line for each request; somebody else runs it.
    ///   - onListening: Called with the port once connections are accepted.
    public init(
        service: PredictionService, gatekeeper: Gatekeeper = .open, configuration: Configuration, logger: Logger,
        accessLog: AccessLog? = nil, onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.service = service
        self.gatekeeper = gatekeeper
        self.configuration = configuration
        self.logger = logger
        self.accessLog = accessLog
        self.onListening = onListening
    }

    /// Serves until the process is asked to stop; requests under way are answered first.
    ///
    /// - Throws: ``ListenError`` when the address cannot be bound, ``TLSError`` for certificates that cannot be used.
    public func run() async throws {
        let (onListening, limits, logger) = (onListening, service.limits, logger)
        let identity = try configuration.tls.map { try TLSIdentity($0, protocols: ["http/1.1"]) }
        let server = Server(
            childChannelSetup: HTTPChannel(service: service, identity: identity, responder: responder),
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: limits.backlogCount,
                availableConnectionsDelegate: .maximum(limits.connectionCountMax, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            eventLoopGroup: EventLoopExecutor.shared.group, logger: logger)
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                if let identity { tasks.addTask { try await TLSWatcher(identity: identity, logger: logger).run() } }
                try await withTaskExecutorPreference(EventLoopExecutor.shared) { try await server.run() }
                tasks.cancelAll()
            }
        } catch let error as IOError {
            throw ListenError(
                host: configuration.host, port: configuration.port, reason: String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(
                host: configuration.host, port: configuration.port, reason: "nothing is known by that name")
        }
    }

    /// Answers requests by the router.
    private var responder: RequestHandler.Responder {
        let (router, logger, date) = (router().buildResponder(), logger, HTTPDate())
        return { request, channel in
            let context = ServingContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
            var response: Response
            do {
                response = try await router.respond(to: request, context: context)
            } catch {
                logger.error("a request was not answered", metadata: ["cause": "\(error)"])
                response = Response(status: .internalServerError)
            }
            response.headers[.date] = date.now
            response.headers[.server] = "slipway"
            return response
        }
    }

    private func router() -> Router<ServingContext> {
        let router = Router(context: ServingContext.self, options: .autoGenerateHeadEndpoints)
        // The router does not tell what a path ends in beside its parameters; the described routes do.
        let index = RouteIndex(OpenAPIRoute.all.map { ($0.path + $0.verb, $0.method) })
        if !configuration.origins.isEmpty {
            router.add(middleware: OriginMiddleware(origins: configuration.origins, routes: index))
        }
        router.add(
            middleware: ErrorMiddleware(
                routes: index, service: service, admission: Admission(gatekeeper: gatekeeper),
                observation: Observation(metrics: service.metrics, models: service.models, log: accessLog),
                bodies: ByteBudget(byteCountMax: service.limits.bodiesByteCountMax)))
        addRoutes(to: router)
        return router
    }

    /// Every route as it is written, with its method.
    var routes: [(path: String, method: HTTPRequest.Method)] {
        let router = Router(context: ServingContext.self)
        addRoutes(to: router)
        return router.routes.map { ($0.path.description, $0.method) }
    }

    private func addRoutes(to router: Router<ServingContext>) {
        PredictionRoutes(service: service).add(to: router)
        ModelRoutes(service: service).add(to: router)
        ChallengerRoutes(service: service).add(to: router)
        InferenceProtocolRoutes(service: service, serverVersion: configuration.serverVersion).add(to: router)
        RepositoryRoutes(service: service).add(to: router)
        MLflowRoutes(service: service, serverVersion: configuration.serverVersion).add(to: router)
        TensorFlowRoutes(service: service).add(to: router)
        OperationsRoutes(service: service, serverVersion: configuration.serverVersion).add(to: router)
        DocsRoutes(
            service: service, serverVersion: configuration.serverVersion, gatekeeper: gatekeeper,
            swaggerUI: configuration.swaggerUI, isSecure: configuration.tls != nil
        ).add(to: router)
    }
}
