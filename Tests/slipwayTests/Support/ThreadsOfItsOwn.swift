import Foundation
import Testing

/// Runs the tests of a suite on threads of its own.
///
/// Tests that wait for a process block their thread; on the threads that all tests share, they would hold up
/// everything that runs beside them.
struct ThreadsOfItsOwn: SuiteTrait, TestTrait, TestScoping {
    /// Tests that run at once.
    private static let threadCount = max(2, ProcessInfo.processInfo.activeProcessorCount)

    /// Whether the suites inside a suite do so as well.
    var isRecursive: Bool { true }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Executor.shared) { try await function() }
    }

    private final class Executor: TaskExecutor {
        static let shared = Executor()

        private let queue: OperationQueue = {
            let queue = OperationQueue()
            queue.maxConcurrentOperationCount = ThreadsOfItsOwn.threadCount
            return queue
        }()

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.addOperation { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}

extension Trait where Self == ThreadsOfItsOwn {
    /// Runs the tests of a suite on threads of its own.
    static var onThreadsOfItsOwn: Self { ThreadsOfItsOwn() }
}
