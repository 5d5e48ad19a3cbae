import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
import NIOCore
public import ServiceLifecycle
import SlipwayNetwork
public import SlipwayServing
public import SlipwayTLS

/// The gRPC face of a prediction service.
public struct GRPCApplication: Service {
    /// The most calls under way on one connection.
    static let callCountMax = 100

    private let core: ServingCore
    private let endpoint: ServerEndpoint
    private let onListening: @Sendable (Int) async -> Void

    /// Makes an application.
    ///
    /// - Parameter onListening: Called with the port once connections are accepted.
    public init(
        _ core: ServingCore, at endpoint: ServerEndpoint,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.core = core
        self.endpoint = endpoint
        self.onListening = onListening
    }

    /// Serves until the process is asked to stop; calls under way are answered first.
    ///
    /// - Throws: ``ListenError`` when the address cannot be bound, ``TLSError`` for certificates that cannot be used.
    public func run() async throws {
        let limits = core.service.limits
        let identity = try endpoint.tls.map { try TLSIdentity($0, protocols: ["h2"]) }
        let listener = Listener(
            host: endpoint.host, port: endpoint.port, identity: identity, connectionCountMax: limits.connectionCountMax,
            backlogCount: ServingLimits.backlogCount, onListening: onListening)
        let table = table
        let server = GRPCServer(
            transport: MethodTable.Transport(listenerFactory: listener, config: transport(for: table)),
            router: table.router)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            if let identity {
                tasks.addTask { try await TLSWatcher(identity: identity, logger: core.logger).run() }
            }
            try await withGracefulShutdownHandler {
                try await serve(server)
            } onGracefulShutdown: {
                server.beginGracefulShutdown()
            }
            tasks.cancelAll()
        }
    }

    private func serve(_ server: GRPCServer<MethodTable.Transport>) async throws {
        do {
            try await withTaskExecutorPreference(EventLoopExecutor.shared) { try await server.serve() }
        } catch {
            let cause = (error as? RuntimeError)?.cause ?? error
            let reason: String
            switch cause {
            case let error as IOError: reason = String(cString: strerror(error.errnoCode))
            case is SocketAddressError.UnknownHost: reason = "nothing is known by that name"
            default: throw error
            }
            throw ListenError(host: endpoint.host, port: endpoint.port, reason: reason, option: "--grpc-port")
        }
    }

    private func transport(for table: MethodTable) -> MethodTable.Transport.Config {
        var config = MethodTable.Transport.Config.defaults
        let limits = core.service.limits
        config.http2.maxConcurrentStreams = Self.callCountMax
        // Between this and the limit a refusal says what the limit is.
        config.rpc.maxRequestPayloadSize = 4 * limits.bodyByteCountMax
        config.connection.maxGraceTime = limits.drainTime
        config.connection.keepalive.time = limits.idleTime
        let (service, streams) = (core.service, table.streams)
        config.channelDebuggingCallbacks.onAcceptHTTP2Stream = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    CallGuard(service, streams: streams), position: .first)
            }
        }
        // Proxies and clients that keep connections warm ask more often than the default of five minutes.
        config.connection.keepalive.clientBehavior.allowWithoutCalls = true
        config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(10)
        return config
    }

    private var table: MethodTable {
        let service = core.service
        let gate = Gate(
            gatekeeper: core.gatekeeper, service: service, logger: core.logger, accessLog: core.accessLog)
        var table = MethodTable(gate: gate, service: InferenceMethods.service)
        InferenceMethods(service: service, serverVersion: core.serverVersion).add(to: &table)
        RepositoryMethods(service: service).add(to: &table)
        table.service = HealthMethods.service
        HealthMethods(service: service).add(to: &table)
        return table
    }
}
