public import SlipwayData

/// The changes of a run, which every store applies inside one write.
///
/// Time decides from when another may take a run; whose run it is, only the token says.
extension Run {
    /// Takes the run, or ends it where its holders were lost as often as it may be tried.
    ///
    /// - Returns: Whether it was taken.
    public mutating func take(
        by holder: String, for time: Duration, policy: RunPolicy, at now: Timestamp
    ) -> Bool {
        guard isAvailable(at: now) else { return false }
        if state == .running {
            error = Self.bounded("\(self.holder ?? "the holder") was lost while it ran")
            guard attemptCount < policy.attemptCountMax else {
                end(.failed, at: now)
                return false
            }
        }
        (state, self.holder, startedAt) = (.running, holder, now)
        attemptCount += 1
        token += 1
        extend(for: time, policy: policy, at: now)
        return true
    }

    /// Keeps the run for longer; a lease that has passed is taken up again where nobody else has taken the run.
    ///
    /// - Returns: Whether the run is the ticket's.
    public mutating func renew(_ ticket: Ticket, for time: Duration, policy: RunPolicy, at now: Timestamp) -> Bool {
        guard isHeld(by: ticket) else { return false }
        extend(for: time, policy: policy, at: now)
        return true
    }

    /// Ends an attempt.
    ///
    /// - Returns: Whether the run was the ticket's; it is not changed otherwise.
    public mutating func end(
        _ ticket: Ticket, with outcome: Outcome, policy: RunPolicy, at now: Timestamp
    ) -> Bool {
        guard isHeld(by: ticket) else { return false }
        switch outcome {
        case .done(let text):
            (result, error) = (Self.bounded(text), nil)
            end(.done, at: now)
        case .failed(let text):
            error = Self.bounded(text)
            if attemptCount >= policy.attemptCountMax {
                end(.failed, at: now)
            } else {
                wait(until: now.adding(policy.pause(afterAttempt: attemptCount)))
            }
        case .givenBack:
            attemptCount -= 1
            wait(until: now)
        }
        return true
    }

    /// Takes the run back from whoever has it.
    ///
    /// - Returns: Whether it had not ended.
    public mutating func cancel(because reason: String, at now: Timestamp) -> Bool {
        guard !state.isEnded else { return false }
        token += 1
        error = Self.bounded(reason)
        end(.cancelled, at: now)
        return true
    }

    /// Lets the run be taken again, as if it had never been tried.
    ///
    /// - Returns: Whether it had failed, was cancelled, or waited out a pause.
    public mutating func retry(at now: Timestamp) -> Bool {
        guard state != .done, state != .running else { return false }
        (attemptCount, endedAt, error) = (0, nil, nil)
        wait(until: now)
        return true
    }

    private func isHeld(by ticket: Ticket) -> Bool { state == .running && self.ticket == ticket }

    private mutating func extend(for time: Duration, policy: RunPolicy, at now: Timestamp) {
        let end = now.adding(time)
        leaseEnd = end
        availableAt = end.adding(policy.pause(afterAttempt: attemptCount))
    }

    private mutating func wait(until moment: Timestamp) {
        (state, leaseEnd, availableAt) = (.waiting, nil, moment)
    }

    private mutating func end(_ state: State, at now: Timestamp) {
        (self.state, leaseEnd, endedAt) = (state, nil, now)
    }

    /// A text cut to what is kept of it; a NUL, which stores refuse, becomes the mark for what cannot be shown.
    private static func bounded(_ text: String) -> String {
        let text = text.replacing("\0", with: "\u{FFFD}")
        guard text.utf8.count > textByteCountMax else { return text }
        return String(decoding: text.utf8.prefix(textByteCountMax), as: UTF8.self) + " …"
    }
}

extension Timestamp {
    /// The moment that lies some time later.
    fileprivate func adding(_ time: Duration) -> Timestamp {
        adding(milliseconds: Int64(time / .milliseconds(1)))
    }
}
