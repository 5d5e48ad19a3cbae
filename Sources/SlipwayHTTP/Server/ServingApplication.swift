import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
public import ServiceLifecycle
public import SlipwayServing
public import SlipwayTLS

/// The HTTP face of a prediction service.
public struct ServingApplication: Service {
    private let core: ServingCore
    private let endpoint: ServerEndpoint
    private let origins: [String]
    private let swaggerUI: SwaggerUI
    private let onListening: @Sendable (Int) async -> Void

    /// Makes an application.
    ///
    /// - Parameters:
    ///   - origins: The origins of web pages whose scripts may call, such as `https://app.example`; `*` stands for all,
    ///     and without any no page may.
    ///   - swaggerUI: The files with which `/docs` shows the API.
    ///   - onListening: Called with the port once connections are accepted.
    public init(
        _ core: ServingCore, at endpoint: ServerEndpoint, origins: [String] = [], swaggerUI: SwaggerUI = .shared,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.core = core
        self.endpoint = endpoint
        self.origins = origins
        self.swaggerUI = swaggerUI
        self.onListening = onListening
    }

    /// Serves until the process is asked to stop; requests under way are answered first.
    ///
    /// - Throws: ``ListenError`` when the address cannot be bound, ``TLSError`` for certificates that cannot be used.
    public func run() async throws {
        let onListening = onListening
        let (limits, logger) = (core.service.limits, core.logger)
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConnectionGuard(service: core.service), ContinueHandler(bodyByteCountMax: limits.bodyByteCountMax),
            ], idleTimeout: TimeAmount(limits.idleTime),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerByteCountMax, maxHeaderListSize: limits.headerByteCountMax,
                maxHeaderFieldCount: limits.headerCountMax))
        let identity = try endpoint.tls.map { try TLSIdentity($0, protocols: ["http/1.1"]) }
        var application = Application(
            router: router(), server: Self.builder(channel, identity),
            configuration: ApplicationConfiguration(
                address: .hostname(endpoint.host, port: endpoint.port), serverName: "slipway",
                availableConnectionsDelegate: .maximum(limits.connectionCountMax, logger: logger)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? 0) },
            logger: logger)
        if let identity { application.addServices(TLSWatcher(identity: identity, logger: logger)) }
        do {
            try await application.run()
        } catch let error as IOError {
            throw ListenError(
                host: endpoint.host, port: endpoint.port, reason: String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(host: endpoint.host, port: endpoint.port, reason: "nothing is known by that name")
        }
    }

    private static func builder(
        _ channel: HTTP1Channel.Configuration, _ identity: TLSIdentity?
    ) -> HTTPServerBuilder {
        guard let identity else { return .http1(configuration: channel) }
        return HTTPServerBuilder { responder in
            TLSChannel(base: HTTP1Channel(responder: responder, configuration: channel), identity: identity)
        }
    }

    private func router() -> Router<ServingContext> {
        let router = Router(context: ServingContext.self, options: .autoGenerateHeadEndpoints)
        // The router does not tell what a path ends in beside its parameters; the described routes do.
        let index = RouteIndex(OpenAPIRoute.all.map { ($0.path + $0.verb, $0.method) })
        if !origins.isEmpty { router.add(middleware: OriginMiddleware(origins: origins, routes: index)) }
        let service = core.service
        router.add(
            middleware: ErrorMiddleware(
                routes: index, service: service, admission: Admission(gatekeeper: core.gatekeeper),
                observation: Observation(metrics: service.metrics, models: service.models, log: core.accessLog)))
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
        let (service, serverVersion) = (core.service, core.serverVersion)
        PredictionRoutes(service: service).add(to: router)
        ModelRoutes(service: service).add(to: router)
        ChallengerRoutes(service: service).add(to: router)
        InferenceProtocolRoutes(service: service, serverVersion: serverVersion).add(to: router)
        RepositoryRoutes(service: service).add(to: router)
        MLflowRoutes(service: service, serverVersion: serverVersion).add(to: router)
        TensorFlowRoutes(service: service).add(to: router)
        OperationsRoutes(service: service, serverVersion: serverVersion).add(to: router)
        DocsRoutes(
            service: service, serverVersion: serverVersion, gatekeeper: core.gatekeeper,
            swaggerUI: swaggerUI, isSecure: endpoint.tls != nil
        ).add(to: router)
    }
}
