import NIOCore
import NIOHTTP1
import NIOPosix

/// A client that asks one server, once or at a set rate.
public struct LoadClient: Sendable {
    /// How long the connections have before the first request is due.
    static let lead = Duration.milliseconds(200)
    /// How long a single question may take.
    static let questionTimeout = TimeAmount.seconds(30)
    /// The most threads that send.
    public static let threadCountMax = 64

    private let target: LoadTarget
    private let group: MultiThreadedEventLoopGroup
    private let threadCount: Int

    /// Runs a body with a client, and ends the client's threads after it.
    ///
    /// - Parameter threadCount: The threads that send.
    public static func with<Outcome: Sendable>(
        _ target: LoadTarget, threadCount: Int = 1, _ body: (LoadClient) async throws -> Outcome
    ) async throws -> Outcome {
        let threadCount = min(max(threadCount, 1), threadCountMax)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: threadCount)
        do {
            let outcome = try await body(LoadClient(target: target, group: group, threadCount: threadCount))
            try await group.shutdownGracefully()
            return outcome
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    /// Asks one question.
    ///
    /// - Parameter body: What is posted as JSON; `nil` asks by GET.
    /// - Throws: ``LoadError`` of kind `unreachable`.
    public func ask(_ path: String, posting body: [UInt8]? = nil) async throws -> (status: Int, body: [UInt8]) {
        let loop = group.next()
        let head = target.head(body == nil ? .GET : .POST, path, byteCount: body?.count ?? 0)
        let promise = loop.makePromise(of: (status: Int, body: [UInt8]).self)
        let target = target
        loop.execute {
            let limit = loop.scheduleTask(in: Self.questionTimeout) {
                promise.fail(Self.unreachable(target, "there is no answer in time"))
            }
            LoadConnection.open(to: target, on: loop, timeout: Self.questionTimeout) { connection, event in
                switch event {
                case .ready: connection.send(head, body.map { ByteBuffer(bytes: $0) })
                case .answered(let status, let answer):
                    limit.cancel()
                    connection.drop()
                    promise.succeed((status, Array(answer.readableBytesView)))
                case .ended(let reason):
                    limit.cancel()
                    promise.fail(Self.unreachable(target, reason))
                }
            }
        }
        return try await promise.futureResult.get()
    }

    /// Sends requests at the plan's rate, and waits for the last answer.
    public func run(_ requests: LoadRequests, _ plan: LoadPlan) async throws -> LoadResult {
        let start = NIODeadline.now().uptimeNanoseconds + UInt64(Self.lead / .nanoseconds(1))
        let workers = (0..<threadCount).map { index in
            let loop = group.next()
            let share = (plan.connectionCount + threadCount - 1 - index) / threadCount
            let target = target
            return loop.flatSubmit {
                LoadWorker(
                    requests, at: target, plan: plan,
                    schedule: LoadSchedule(plan, start: start, first: index, stride: threadCount),
                    connectionCount: max(share, 1), on: loop
                ).run()
            }
        }
        var result = LoadResult()
        for worker in workers { result.merge(try await worker.get()) }
        return result
    }

    private static func unreachable(_ target: LoadTarget, _ reason: String) -> LoadError {
        LoadError(
            .unreachable, "\(target.host):\(target.port) does not answer: \(reason)",
            hint: target.tls == nil
                ? "Is a server listening there?"
                : "Is a server listening there by https? --ca-certificate names an issuer to trust.")
    }
}
