import NIOCore
import Synchronization

/// The connections of a server, no more than a number of them.
final class Connections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isEnding = false
    }

    private let countMax: Int
    private let state = Mutex(State())

    init(countMax: Int) { self.countMax = countMax }

    /// Adds a connection; `false` for one too many, and for one that comes after the end.
    func add(_ channel: any Channel) -> Bool {
        let id = ObjectIdentifier(channel)
        let isAdded = state.withLock { state in
            guard !state.isEnding, state.channels.count < countMax else { return false }
            state.channels[id] = channel
            return true
        }
        if isAdded {
            channel.closeFuture.whenComplete { _ in self.state.withLock { $0.channels[id] = nil } }
        }
        return isAdded
    }

    /// Asks every connection to end when its calls are answered; no more are taken.
    func drain() {
        for channel in end() { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }

    /// Closes every connection; no more are taken.
    func close() {
        for channel in end() { channel.close(promise: nil) }
    }

    /// Waits until all connections are closed.
    func ended() async {
        for channel in state.withLock({ Array($0.channels.values) }) { try? await channel.closeFuture.get() }
    }

    private func end() -> [any Channel] {
        state.withLock { state in
            state.isEnding = true
            return Array(state.channels.values)
        }
    }
}
