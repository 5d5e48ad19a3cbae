import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
public import ServiceLifecycle
import SlipwayNetwork
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
        let (onListening, limits, logger) = (onListening, core.service.limits, core.logger)
        let identity = try endpoint.tls.map { try TLSIdentity($0, protocols: ["http/1.1"]) }
        let server = Server(
            childChannelSetup: HTTPChannel(service: core.service, identity: identity, responder: responder),
            configuration: ServerConfiguration(
                address: .hostname(endpoint.host, port: endpoint.port), backlog: ServingLimits.backlogCount,
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
                host: endpoint.host, port: endpoint.port, reason: String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw ListenError(host: endpoint.host, port: endpoint.port, reason: "nothing is known by that name")
        }
    }

    /// Answers requests by the router.
    private var responder: RequestHandler.Responder {
        let (router, logger, date) = (router().buildResponder(), core.logger, HTTPDate())
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

    /// The router of every route of the table.
    func router() -> Router<ServingContext> {
        let router = Router(context: ServingContext.self, options: .autoGenerateHeadEndpoints)
        // The router does not tell what a path ends in beside its parameters; the table does.
        let index = RouteIndex(ServedRoute.all.map { ($0.path + $0.verb, $0.method) })
        if !origins.isEmpty { router.add(middleware: OriginMiddleware(origins: origins, routes: index)) }
        let service = core.service
        router.add(
            middleware: ErrorMiddleware(
                routes: index, service: service, admission: Admission(gatekeeper: core.gatekeeper),
                observation: Observation(metrics: service.metrics, models: service.models, log: core.accessLog)))
        RouteHandlers(core, swaggerUI: swaggerUI, isSecure: endpoint.tls != nil).add(to: router)
        return router
    }
}
