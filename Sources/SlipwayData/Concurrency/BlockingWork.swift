import Dispatch

/// Runs work that blocks its thread away from the threads that carry Swift's tasks.
package enum BlockingWork {
    /// Runs the work and waits for it without holding a thread.
    package static func run<T: Sendable, E: Error>(
        _ work: @escaping @Sendable () throws(E) -> T
    ) async throws(E) -> T {
        let result: Result<T, E> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }

    /// Runs work that is told to end when the task that waits for it is cancelled, and waits for its end.
    package static func run<T: Sendable, E: Error>(
        until stop: @escaping @Sendable () -> Void, _ work: @escaping @Sendable () throws(E) -> T
    ) async throws(E) -> T {
        let result: Result<T, E> = await withTaskCancellationHandler {
            await run { Result(catching: work) }
        } onCancel: {
            stop()
        }
        return try result.get()
    }
}
