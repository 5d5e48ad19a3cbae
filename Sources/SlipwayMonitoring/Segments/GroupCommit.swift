import Dispatch
import Synchronization

/// Joins what is written at the same time into one write.
///
/// A caller that finds nobody writing writes at once, on its own thread. Those that come meanwhile wait without holding
/// a thread, and everything that waits is written together as soon as the write before it returns. A return means that
/// the caller's own lines are written.
///
/// What waits is bounded: beyond the limit a caller is refused at once, and nothing of its lines is kept.
package final class GroupCommit: Sendable {
    /// The most bytes that wait to be written: 32 MiB.
    package static let queueByteCountMax = 32 << 20
    /// The groups of others that a caller writes before it returns; what waits then is left to a thread of its own.
    static let helpedGroupCountMax = 4

    private typealias Outcome = Result<Void, LogError>

    private struct Waiter {
        var lines: SegmentLines
        var continuation: CheckedContinuation<Outcome, Never>
    }

    private struct State {
        var isWriting = false
        var waiters: [Waiter] = []
        var waitingByteCount = 0
    }

    private let queueByteCountMax: Int
    private let write: @Sendable (SegmentLines) throws(LogError) -> Void
    private let state = Mutex(State())

    /// Makes a queue in front of a write that takes all of its lines or none.
    package init(
        queueByteCountMax: Int = GroupCommit.queueByteCountMax,
        write: @escaping @Sendable (SegmentLines) throws(LogError) -> Void
    ) {
        self.queueByteCountMax = queueByteCountMax
        self.write = write
    }

    /// The bytes that wait to be written.
    package var waitingByteCount: Int { state.withLock { $0.waitingByteCount } }

    /// Writes lines, alone or with others.
    ///
    /// - Throws: ``LogError`` of kind `overloaded` when too much waits already, or what the write throws.
    package func append(_ lines: SegmentLines) async throws(LogError) {
        let mayWrite = state.withLock { state in
            defer { state.isWriting = true }
            return !state.isWriting
        }
        guard mayWrite else { return try await wait(with: lines).get() }
        defer { writeWaiting(groupCountMax: Self.helpedGroupCountMax) }
        try write(lines)
    }

    private func wait(with lines: SegmentLines) async -> Outcome {
        await withCheckedContinuation { continuation in
            let waiter = Waiter(lines: lines, continuation: continuation)
            let (isRefused, mayWrite) = state.withLock { state in
                // A call that alone exceeds the limit is taken when nothing else waits.
                let count = state.waitingByteCount + lines.bytes.count
                if count > queueByteCountMax, !state.waiters.isEmpty { return (true, false) }
                state.waiters.append(waiter)
                state.waitingByteCount = count
                defer { state.isWriting = true }
                return (false, !state.isWriting)
            }
            if isRefused { continuation.resume(returning: .failure(Self.overloaded(queueByteCountMax))) }
            if mayWrite { writeWaiting(groupCountMax: Self.helpedGroupCountMax) }
        }
    }

    /// Writes groups until nothing waits; beyond the limit, a thread that nobody waits for goes on.
    private func writeWaiting(groupCountMax: Int) {
        for _ in 0..<groupCountMax {
            guard writeGroup() else { return }
        }
        let hasMore = state.withLock { state in
            state.isWriting = !state.waiters.isEmpty
            return state.isWriting
        }
        if hasMore { DispatchQueue.global().async { [self] in while writeGroup() {} } }
    }

    /// Writes all that waits; `false`, and nobody writes any more, when nothing does.
    private func writeGroup() -> Bool {
        let group = state.withLock { state -> [Waiter] in
            let group = state.waiters
            state.waiters = []
            state.waitingByteCount = 0
            if group.isEmpty { state.isWriting = false }
            return group
        }
        guard let joined = SegmentLines.joined(group.map(\.lines)) else { return false }
        let outcome = outcome(of: joined)
        if case .failure = outcome, group.count > 1 {
            // What does not fit must not take with it what does.
            for waiter in group { waiter.continuation.resume(returning: self.outcome(of: waiter.lines)) }
        } else {
            for waiter in group { waiter.continuation.resume(returning: outcome) }
        }
        return true
    }

    private func outcome(of lines: SegmentLines) -> Outcome {
        do throws(LogError) { return .success(try write(lines)) } catch { return .failure(error) }
    }

    private static func overloaded(_ byteCountMax: Int) -> LogError {
        LogError(
            .overloaded, "more than \(byteCountMax >> 20) MiB wait to be logged",
            hint: "Send less at a time, or give the log a faster disk.")
    }
}
