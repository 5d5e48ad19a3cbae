import Synchronization

/// Lets so many do something at once; others wait in order, up to a number.
package final class TurnQueue: Sendable {
    /// How a wait ended.
    package enum Turn: Equatable, Sendable {
        /// It is the caller's turn, which must be given back.
        case granted
        /// Too many wait already.
        case refused
        /// The caller waits no longer.
        case cancelled
    }

    private struct State {
        var running = 0
        var waiting: [(number: Int, outcome: FirstOutcome<Turn>)] = []
        var lastNumber = 0
    }

    private let runningMax: Int
    private let waitingMax: Int
    private let state = Mutex(State())

    /// Makes a queue.
    package init(runningMax: Int, waitingMax: Int) {
        self.runningMax = runningMax
        self.waitingMax = waitingMax
    }

    /// Waits for a turn.
    package func wait() async -> Turn {
        let outcome = FirstOutcome<Turn>()
        let number = state.withLock { state -> Int? in
            if state.running < runningMax {
                state.running += 1
                outcome.decide(.granted)
                return nil
            }
            guard state.waiting.count < waitingMax else {
                outcome.decide(.refused)
                return nil
            }
            state.lastNumber += 1
            state.waiting.append((state.lastNumber, outcome))
            return state.lastNumber
        }
        return await withTaskCancellationHandler {
            await outcome.value
        } onCancel: {
            guard let number else { return }
            let isRemoved = state.withLock { state in
                guard let place = state.waiting.firstIndex(where: { $0.number == number }) else { return false }
                state.waiting.remove(at: place)
                return true
            }
            if isRemoved { outcome.decide(.cancelled) }
        }
    }

    /// Gives a turn back, to the one who has waited longest.
    package func giveBack() {
        let next = state.withLock { state -> FirstOutcome<Turn>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst().outcome }
            state.running -= 1
            return nil
        }
        next?.decide(.granted)
    }
}
