import Foundation
import Synchronization

/// Computes explanations away from the threads that answer requests, a few at a time.
///
/// An explanation takes much longer than a prediction: it must neither hold a thread that other requests wait for, nor
/// take all the threads on which the server does its blocking work.
final class ExplanationQueue: Sendable {
    /// The most requests that are explained at the same time.
    static let concurrencyMax = 4

    private let queue = OperationQueue()
    private let requestCountMax: Int
    private let requestCount = Mutex(0)

    /// Makes an empty queue.
    ///
    /// - Parameter requestCountMax: The most requests that wait for an explanation or are being explained.
    init(requestCountMax: Int) {
        self.requestCountMax = requestCountMax
        queue.maxConcurrentOperationCount = Self.concurrencyMax
        queue.name = "slipway.explanations"
    }

    /// Runs work when it is its turn, and waits for it without holding a thread.
    ///
    /// - Throws: ``ServingError`` of kind `busy` when too many requests wait already.
    func run<T: Sendable>(_ work: @escaping @Sendable () throws(ServingError) -> T) async throws(ServingError) -> T {
        let mayEnter = requestCount.withLock { count in
            guard count < requestCountMax else { return false }
            count += 1
            return true
        }
        guard mayEnter else {
            throw ServingError(
                .busy, "\(requestCountMax) requests wait for explanations already",
                hint: "Try again later, or ask without explain.", retryAfterSeconds: 1)
        }
        defer { requestCount.withLock { $0 -= 1 } }
        let result: Result<T, ServingError> = await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }
}
