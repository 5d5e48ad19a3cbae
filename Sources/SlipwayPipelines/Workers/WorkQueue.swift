import Dispatch

/// Threads for work that may block for hours, apart from those that carry all other tasks.
final class WorkQueue: TaskExecutor {
    static let shared = WorkQueue()

    private let queue = DispatchQueue(label: "slipway.work", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
