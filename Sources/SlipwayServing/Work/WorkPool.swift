import Dispatch
import Synchronization

/// A few threads for what takes too long for those that answer requests.
///
/// Work comes in turns, which run in the order in which they came; ``WorkLane`` sees to it that no lane has more of them
/// waiting than there are threads, so that the lanes take turns.
final class WorkPool: Sendable {
    private struct State {
        var runningCount = 0
        var turns: [@Sendable () -> Void] = []
    }

    /// The most turns that run at once.
    let threadCount: Int
    private let waitingCountMax: Int
    private let waitingCount = Atomic(0)
    private let state = Mutex(State())
    private let queue: DispatchQueue

    /// Makes an idle pool.
    ///
    /// - Parameter waitingCountMax: The most pieces of work that wait, over all lanes.
    init(name: String, threadCount: Int, waitingCountMax: Int) {
        self.threadCount = max(1, threadCount)
        self.waitingCountMax = waitingCountMax
        queue = DispatchQueue(label: "slipway.\(name)", attributes: .concurrent)
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
        let mayStart = state.withLock { state in
            guard state.runningCount < threadCount else {
                state.turns.append(turn)
                return false
            }
            state.runningCount += 1
            return true
        }
        if mayStart { queue.async { self.run(from: turn) } }
    }

    /// Runs a turn and those that wait, until none does.
    private func run(from first: @escaping @Sendable () -> Void) {
        var turn = first
        while true {
            turn()
            let next = state.withLock { state -> (@Sendable () -> Void)? in
                guard state.turns.isEmpty else { return state.turns.removeFirst() }
                state.runningCount -= 1
                return nil
            }
            guard let next else { return }
            turn = next
        }
    }
}
