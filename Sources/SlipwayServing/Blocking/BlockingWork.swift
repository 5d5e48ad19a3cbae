import Dispatch

/// Runs work that blocks its thread away from the threads that answer requests.
enum BlockingWork {
    /// Runs the work and waits for it without holding a thread.
    static func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: work()) }
        }
    }
}
