import Dispatch
import SlipwayData

/// Runs work that blocks its thread away from the threads that carry Swift's tasks.
enum BlockingWork {
    static func run<T: Sendable>(
        _ work: @escaping @Sendable () throws(DataError) -> T
    ) async throws(DataError) -> T {
        let result: Result<T, DataError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: Result(catching: work)) }
        }
        return try result.get()
    }
}
