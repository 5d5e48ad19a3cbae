import SlipwayServing
import Synchronization
import Testing

@testable import SlipwayGRPC

@Suite(.timeLimit(.minutes(10))) struct HealthWatchesTests {
    private final class Server: Sendable {
        let status = Mutex(HealthWatches.Status.serving)
        let lookCount = Atomic(0)

        func look() -> HealthWatches.Status {
            lookCount.add(1, ordering: .relaxed)
            return status.withLock(\.self)
        }
    }

    @Test func everyWatcherIsToldHowItIsAndEachChange() async throws {
        let server = Server()
        let watches = HealthWatches(every: .milliseconds(1)) { server.look() }
        var watchers: [AsyncStream<HealthWatches.Status>.Iterator] = []
        for _ in 0..<20 { watchers.append(try await watches.begin().makeAsyncIterator()) }
        for status in [HealthWatches.Status.serving, .notServing, .serving] {
            server.status.withLock { $0 = status }
            for index in watchers.indices { #expect(await watchers[index].next() == status) }
        }
    }

    @Test func oneLooksForAll() async throws {
        let server = Server()
        let watches = HealthWatches(every: .seconds(3_600)) { server.look() }
        var streams: [AsyncStream<HealthWatches.Status>] = []
        for _ in 0..<100 { streams.append(try await watches.begin()) }
        // Each looks once, when it comes.
        #expect(server.lookCount.load(ordering: .relaxed) == 100 && watches.count == streams.count)
    }

    @Test func noMoreWatchThanMayAndWhoeverLeavesMakesRoom() async throws {
        let watches = HealthWatches(countMax: 2) { .serving }
        let first = try await watches.begin()
        let stream = try await watches.begin()
        let second = Task { for await _ in stream {} }
        let error = await #expect(throws: ServingError.self) { _ = try await watches.begin() }
        #expect(error?.kind == .busy && error?.retryAfterSeconds == 1)
        second.cancel()
        await second.value
        #expect(watches.count == 1)
        let third = try await watches.begin()
        #expect(watches.count == 2)
        for await status in third {
            #expect(status == .serving)
            break
        }
        withExtendedLifetime(first) {}
    }
}
