import GRPCNIOTransportHTTP2Posix
import NIOCore
import NIOPosix
import NIOSSL
import SlipwayNetwork
import SlipwayTLS

/// Accepts connections, each secured by the certificates of its time.
struct Listener: HTTP2ServerTransport.ListenerFactory {
    let host: String
    let port: Int
    let identity: TLSIdentity?
    /// The most connections at the same time.
    let connectionCountMax: Int
    /// The most connections that wait to be accepted.
    let backlogCount: Int
    /// Called with the port once connections are accepted.
    let onListening: @Sendable (Int) async -> Void

    var eventLoopGroup: any EventLoopGroup { EventLoopExecutor.shared.group }

    @concurrent
    func makeListeningChannel(
        listenerConfigurator: HTTP2ServerTransport.ListenerConfigurator,
        connectionConfigurator: HTTP2ServerTransport.ConnectionConfigurator
    ) async throws -> NIOAsyncChannel<HTTP2ServerTransport.ConnectionConfigurator.ConnectionChannel, Never> {
        let (identity, connectionCountMax) = (identity, connectionCountMax)
        let listening = try await ServerBootstrap(group: eventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: Int32(backlogCount))
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ConnectionLimit(countMax: connectionCountMax))
                }.flatMap { listenerConfigurator.configure(channel: channel) }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .bind(host: host, port: port) { channel in
                guard let identity else { return connectionConfigurator.configure(channel: channel, tls: .none) }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: identity.context))
                }.flatMap {
                    connectionConfigurator.configure(channel: channel, tls: .configured(requireALPN: false))
                }
            }
        await onListening(listening.channel.localAddress?.port ?? 0)
        return listening
    }
}
