import Foundation
public import NIOCore
import NIOPosix

/// The event loops that carry all connections of this process, and run the tasks that answer them.
///
/// A task goes on where it was woken, on the loop whose connection brought it something to read: between the bytes of a
/// call and those of its answer nothing is handed from thread to thread. What blocks or takes long must run elsewhere.
public final class EventLoopExecutor: TaskExecutor {
    /// The loops of this process: as many as there are processors that it may use.
    public static let shared = EventLoopExecutor(
        // The first knows the quota of a container, the second the processors that the process is bound to.
        loopCount: max(1, min(System.coreCount, allottedProcessorCount)))

    /// The loops, for those who open connections.
    public var group: any EventLoopGroup { loops }

    private let loops: MultiThreadedEventLoopGroup

    /// The processors that this process is bound to, where the system tells: `Cpus_allowed` is a mask in hexadecimal.
    private static var allottedProcessorCount: Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
        else { return .max }
        return line.drop { $0 != ":" }.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount }
    }

    private init(loopCount: Int) { loops = MultiThreadedEventLoopGroup(numberOfThreads: loopCount) }

    /// Runs a part of a task on the loop of this thread, or on any where this thread is none of theirs.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loops.any().execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
