import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2Posix
public import Logging
import NIOCore
public import ServiceLifecycle
import SlipwayNetwork
public import SlipwayServing
public import SlipwayTLS

/// The gRPC face of a prediction service.
public struct GRPCApplication: Service {
    /// Where the server listens, and what it says of itself.
    public struct Configuration: Sendable {
        /// The address to bind.
        public var host: String
        /// The port to bind; 0 takes a free one.
        public var port: Int
        /// The version that the server reports.
        public var serverVersion: String
        /// The certificates of the server; `nil` serves in the clear.
        public var tls: TLSFiles?

        /// Makes a configuration.
        public init(host: String = "127.0.0.1", port: Int, serverVersion: String, tls: TLSFiles? = nil) {
            self.host = host
            self.port = port
            self.serverVersion = serverVersion
            self.tls = tls
        }
    }

    /// The most calls under way on one connection.
    static let callCountMax = 100

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
    ///   - accessLog: Keeps a line for each call; somebody else runs it.
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

    /// Serves until the process is asked to stop; calls under way are answered first.
    ///
    /// - Throws: ``ListenError`` when the address cannot be bound, ``TLSError`` for certificates that cannot be used.
    public func run() async throws {
        let identity = try configuration.tls.map { try TLSIdentity($0, protocols: ["h2"]) }
        let listener = Listener(
            host: configuration.host, port: configuration.port, identity: identity,
            connectionCountMax: service.limits.connectionCountMax, backlogCount: service.limits.backlogCount,
            onListening: onListening)
        let table = table
        let server = GRPCServer(
            transport: MethodTable.Transport(listenerFactory: listener, config: transport(for: table)),
            router: table.router)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            if let identity {
                tasks.addTask { try await TLSWatcher(identity: identity, logger: logger).run() }
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
            throw ListenError(
                host: configuration.host, port: configuration.port, reason: reason, option: "--grpc-port")
        }
    }

    private func transport(for table: MethodTable) -> MethodTable.Transport.Config {
        var config = MethodTable.Transport.Config.defaults
        let limits = service.limits
        config.http2.maxConcurrentStreams = Self.callCountMax
        // Between this and the limit a refusal says what the limit is.
        config.rpc.maxRequestPayloadSize = 4 * limits.bodyByteCountMax
        config.connection.maxGraceTime = limits.drainTime
        config.connection.keepalive.time = limits.idleTime
        config.channelDebuggingCallbacks.onAcceptHTTP2Stream = { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(
                    CallGuard(limits: limits, streams: table.streams), position: .first)
            }
        }
        // Proxies and clients that keep connections warm ask more often than the default of five minutes.
        config.connection.keepalive.clientBehavior.allowWithoutCalls = true
        config.connection.keepalive.clientBehavior.minPingIntervalWithoutCalls = .seconds(10)
        return config
    }

    private var table: MethodTable {
        let gate = Gate(gatekeeper: gatekeeper, service: service, logger: logger, accessLog: accessLog)
        var table = MethodTable(gate: gate, service: InferenceMethods.service)
        InferenceMethods(service: service, serverVersion: configuration.serverVersion).add(to: &table)
        RepositoryMethods(service: service).add(to: &table)
        table.service = HealthMethods.service
        HealthMethods(service: service).add(to: &table)
        return table
    }
}
