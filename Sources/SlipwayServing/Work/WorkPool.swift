import Foundation
import Synchronization

/// A few threads for what takes too long for those that answer requests.
///
/// Work comes in turns, which run in the order in which they came; ``WorkLane`` sees to it that no lane has more of them
/// waiting than there are threads, so that the lanes take turns. The threads are the pool's own: those of Dispatch are
/// the ones on which Swift's tasks run, and as many as there are processors. They are begun when they are needed, and
/// end when they were not for a while.
final class WorkPool: Sendable {
    /// How long a thread waits for a turn before it ends, in seconds.
    static let idleSecondsMax = 10.0
    /// How much the threads stand back behind those that answer requests, on a machine that is busy.
    static let nicenessDefault: Int32 = 5

    /// The most turns that run at once.
    let threadCount: Int
    private let name: String
    private let niceness: Int32
    private let waitingCountMax: Int
    private let waitingCount = Atomic(0)
    private let condition = NSCondition()
    // Safe because they are touched only while the condition is locked.
    nonisolated(unsafe) private var turns: [@Sendable () -> Void] = []
    nonisolated(unsafe) private var startedCount = 0
    nonisolated(unsafe) private var idleCount = 0

    /// Makes a pool without threads.
    ///
    /// - Parameter waitingCountMax: The most pieces of work that wait, over all lanes.
    init(name: String, threadCount: Int, waitingCountMax: Int, niceness: Int32 = WorkPool.nicenessDefault) {
        self.niceness = niceness
        self.name = name
        self.threadCount = max(1, threadCount)
        self.waitingCountMax = waitingCountMax
    }

    /// The pieces of work that wait, over all lanes.
    var waitingWorkCount: Int { waitingCount.load(ordering: .relaxed) }

    /// Counts a piece of work that waits; `false` when there is no room for it.
    func reserve() -> Bool {
        guard waitingCount.add(1, ordering: .relaxed).newValue > waitingCountMax else { return true }
        release(1)
        return false
    }

    /// Counts pieces of work that wait no longer.
    func release(_ count: Int) { waitingCount.subtract(count, ordering: .relaxed) }

    /// Runs a turn as soon as a thread is free.
    func enqueue(_ turn: @escaping @Sendable () -> Void) {
        let startsThread = condition.withLock {
            turns.append(turn)
            if turns.count <= idleCount {
                condition.signal()
                return false
            }
            guard startedCount < threadCount else { return false }
            startedCount += 1
            return true
        }
        guard startsThread else { return }
        let thread = Thread { self.runTurns() }
        thread.name = name
        thread.start()
    }

    private func runTurns() {
        #if canImport(Glibc)
            // Here it is a thread's own; elsewhere it would be the whole process's.
            setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
        #endif
        while let turn = next() { turn() }
    }

    /// Waits for a turn; `nil`, and the thread is to end, when none comes for a while.
    private func next() -> (@Sendable () -> Void)? {
        condition.withLock {
            let end = Date(timeIntervalSinceNow: Self.idleSecondsMax)
            idleCount += 1
            defer { idleCount -= 1 }
            while turns.isEmpty {
                guard condition.wait(until: end) else { break }
            }
            guard turns.isEmpty else { return turns.removeFirst() }
            startedCount -= 1
            return nil
        }
    }
}
