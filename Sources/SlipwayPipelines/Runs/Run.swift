import Foundation
public import SlipwayData

/// One durable execution of a job for one due time.
///
/// A run is made once for a due time, taken by one holder at a time for as long as its lease lasts, and done once. Each
/// taking has a number of its own, the token, which fences off every holder before: see ``Run/Ticket``.
public struct Run: Equatable, Sendable {
    /// What has become of a run.
    public enum State: String, Sendable, CaseIterable {
        /// It is to be taken, now or after a pause.
        case waiting
        /// Somebody has it; or had it, when the lease has passed.
        case running
        /// It is done.
        case done
        /// It failed as often as it may.
        case failed
        /// Somebody, or a later run of the job, took it back.
        case cancelled

        /// Whether nothing more happens by itself.
        public var isEnded: Bool { self != .waiting && self != .running }
    }

    /// Who wanted a run.
    public enum Origin: String, Sendable, CaseIterable {
        /// The schedule of the job.
        case schedule
        /// A person, or a program of theirs.
        case person
    }

    /// The most bytes of a result or of an error that are kept.
    public static let textByteCountMax = 4_096
    /// The runs of a job that have ended and are kept.
    public static let historyCountMax = 100

    /// The name of the run, made of the job and the due time, so that it is the same whoever makes it.
    public let id: String
    /// What is done.
    public let job: Job
    /// The time that it is done for.
    public let dueAt: Timestamp
    /// Who wanted it.
    public let origin: Origin
    /// When it was made.
    public let madeAt: Timestamp
    /// What has become of it.
    public internal(set) var state = State.waiting
    /// How often it was taken and not given back, counted anew when somebody asks for it again.
    public internal(set) var attemptCount = 0
    /// How often it changed hands, ever.
    public internal(set) var token = 0
    /// Who has it, or had it last.
    public internal(set) var holder: String?
    /// Until when the holder has it; `nil` for nobody.
    public internal(set) var leaseEnd: Timestamp?
    /// From when it may be taken.
    public internal(set) var availableAt: Timestamp
    /// When it was last taken.
    public internal(set) var startedAt: Timestamp?
    /// When it was done, failed, or was cancelled.
    public internal(set) var endedAt: Timestamp?
    /// What came of it, in a sentence.
    public internal(set) var result: String?
    /// Why it failed the last time, or why it was cancelled.
    public internal(set) var error: String?

    /// Makes a run that waits to be taken.
    public init(of job: Job, dueAt: Timestamp, origin: Origin, madeAt: Timestamp) {
        id = Self.id(of: job, dueAt: dueAt)
        self.job = job
        self.dueAt = dueAt
        self.origin = origin
        self.madeAt = madeAt
        availableAt = madeAt
    }

    /// The right of the holder that has the run now.
    public var ticket: Ticket { Ticket(id: id, token: token) }

    /// Whether the run can be taken at a moment.
    public func isAvailable(at now: Timestamp) -> Bool { !state.isEnded && availableAt <= now }

    /// Whether somebody has the run at a moment.
    public func isHeld(at now: Timestamp) -> Bool { state == .running && leaseEnd.map { $0 > now } ?? false }

    /// The digits of an id; 48 bits, of which a history of some hundred runs sees no two alike.
    private static let idLength = 12

    private static func id(of job: Job, dueAt: Timestamp) -> String {
        // Names have no line ends, so no two jobs share a text.
        let text = [job.kind.rawValue, job.name, job.environment, "\(dueAt.milliseconds)"].joined(separator: "\n")
        return String(SHA256Digest(of: Data(text.utf8)).hex.prefix(idLength))
    }
}

extension Run {
    /// Brings back a run as a store kept it.
    package init(
        of job: Job, dueAt: Timestamp, origin: Origin, madeAt: Timestamp, state: State, attemptCount: Int, token: Int,
        holder: String?, leaseEnd: Timestamp?, availableAt: Timestamp, startedAt: Timestamp?, endedAt: Timestamp?,
        result: String?, error: String?
    ) {
        self.init(of: job, dueAt: dueAt, origin: origin, madeAt: madeAt)
        self.state = state
        self.attemptCount = attemptCount
        self.token = token
        self.holder = holder
        self.leaseEnd = leaseEnd
        self.availableAt = availableAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.result = result
        self.error = error
    }
}
