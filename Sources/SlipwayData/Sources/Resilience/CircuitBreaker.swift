/// Leaves a source alone that failed several times in a row, and lets one query try it after a pause.
///
/// Moments are durations since any one moment.
struct CircuitBreaker {
    /// Whether the source may be asked.
    enum Admission: Equatable {
        /// It may.
        case admitted
        /// Not before so long.
        case refused(for: Duration)
    }

    private enum State: Equatable {
        case closed(failureCount: Int)
        case open(until: Duration)
        /// One query is trying the source, for no longer than until then: it may have been given up.
        case halfOpen(until: Duration)
    }

    private let failureCountMax: Int
    private let pause: Duration
    private var state = State.closed(failureCount: 0)

    /// Starts closed: the source may be asked.
    init(failureCountMax: Int, pause: Duration) {
        self.failureCountMax = failureCountMax
        self.pause = pause
    }

    /// Looks whether the source may be asked now.
    func admission(at now: Duration) -> Admission {
        var copy = self
        return copy.admit(at: now)
    }

    /// Asks the source, if it may be asked now; one that tries it again keeps others away meanwhile.
    mutating func admit(at now: Duration) -> Admission {
        switch state {
        case .closed: return .admitted
        case .open(let end) where now < end, .halfOpen(let end) where now < end: return .refused(for: end - now)
        case .open, .halfOpen:
            state = .halfOpen(until: now + pause)
            return .admitted
        }
    }

    /// Takes note of an answer, which may be that the query is wrong.
    mutating func noteAnswer() { state = .closed(failureCount: 0) }

    /// Takes note of a failure that may pass.
    mutating func noteFailure(at now: Duration) {
        switch state {
        case .closed(let count) where count + 1 < failureCountMax: state = .closed(failureCount: count + 1)
        // One that was asked before the pause began tells nothing new.
        case .open: break
        case .closed, .halfOpen: state = .open(until: now + pause)
        }
    }
}
