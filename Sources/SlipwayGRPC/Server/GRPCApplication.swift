import Foundation
import NIOCore
import NIOHTTP2
import NIOPosix
import NIOSSL
public import ServiceLifecycle
import SlipwayNetwork
public import SlipwayServing
public import SlipwayTLS

/// The gRPC face of a prediction service.
public struct GRPCApplication: Service {
    /// The most calls under way on one connection.
    static let callCountMax = 100
    /// The most bytes of metadata of a call: 16 KiB.
    static let headerByteCountMax = 16 << 10
    /// The most pings, settings and priorities that a connection may send within a time.
    ///
    /// Clients that measure their connection, such as Google's for Go, send a ping for every answer.
    static let controlFrameCountMax = 200
    /// The time in which they may come.
    static let controlFrameTime = TimeAmount.milliseconds(20)
    /// The most calls that a connection may break off within a time: more than all of them at once.
    static let resetCountMax = 200
    /// The time in which they may be broken off.
    static let resetTime = TimeAmount.milliseconds(100)

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
        let identity = try endpoint.tls.map { try TLSIdentity($0, protocols: ["h2"]) }
        let connections = Connections(countMax: core.service.limits.connectionCountMax)
        let listening = try await listen(identity, connections)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            if let identity {
                tasks.addTask { try await TLSWatcher(identity: identity, logger: core.logger).run() }
            }
            await onListening(listening.localAddress?.port ?? 0)
            try await withTaskCancellationHandler {
                try await withGracefulShutdownHandler {
                    try await listening.closeFuture.get()
                    await connections.ended()
                } onGracefulShutdown: {
                    listening.close(promise: nil)
                    connections.drain()
                }
            } onCancel: {
                listening.close(promise: nil)
                connections.close()
            }
            tasks.cancelAll()
        }
    }

    private func listen(_ identity: TLSIdentity?, _ connections: Connections) async throws -> any Channel {
        let (service, table) = (core.service, table)
        do {
            return try await ServerBootstrap(group: EventLoopExecutor.shared.group)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .serverChannelOption(.backlog, value: Int32(ServingLimits.backlogCount))
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        guard connections.add(channel) else { throw ChannelError.ioOnClosedChannel }
                        let pipeline = channel.pipeline.syncOperations
                        if let identity {
                            try pipeline.addHandler(NIOSSLServerHandler(context: identity.context))
                        }
                        let calls = CallHandler(table, service: service)
                        let aligner = FrameAligner()
                        let reader = NIOHTTP2Handler(
                            mode: .server, connectionConfiguration: Self.http2, streamConfiguration: Self.streams)
                        try pipeline.addHandlers([
                            aligner, reader, calls, ConnectionKeeper(of: calls, behind: aligner, service.limits),
                        ])
                    }
                }
                .bind(host: endpoint.host, port: endpoint.port).get()
        } catch let error as IOError {
            throw listenError(String(cString: strerror(error.errnoCode)))
        } catch is SocketAddressError.UnknownHost {
            throw listenError("nothing is known by that name")
        }
    }

    private func listenError(_ reason: String) -> ListenError {
        ListenError(host: endpoint.host, port: endpoint.port, reason: reason, option: "--grpc-port")
    }

    /// What HTTP/2 is spoken by.
    private static var http2: NIOHTTP2Handler.ConnectionConfiguration {
        var configuration = NIOHTTP2Handler.ConnectionConfiguration()
        configuration.initialSettings = [
            HTTP2Setting(parameter: .maxConcurrentStreams, value: callCountMax),
            HTTP2Setting(parameter: .maxHeaderListSize, value: headerByteCountMax),
            HTTP2Setting(parameter: .initialWindowSize, value: CallHandler.windowByteCount),
        ]
        configuration.controlFrameRateLimit.maximumCount = controlFrameCountMax
        configuration.controlFrameRateLimit.windowLength = controlFrameTime
        configuration.maximumRecentlyResetStreams = callCountMax
        // A connection may live for months. How often calls are wrong is limited by time.
        configuration.maximumConnectionGlitches = .max
        return configuration
    }

    /// What calls are held to.
    private static var streams: NIOHTTP2Handler.StreamConfiguration {
        var configuration = NIOHTTP2Handler.StreamConfiguration()
        configuration.streamResetFrameRateLimit.maximumCount = resetCountMax
        configuration.streamResetFrameRateLimit.windowLength = resetTime
        return configuration
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
