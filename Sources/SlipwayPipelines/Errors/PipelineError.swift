public import SlipwayData

/// A problem with a run: its data, its program, or what the program left behind.
public struct PipelineError: DescribedError, Equatable {
    /// The kinds of pipeline problems.
    public enum Code: String, Sendable, CaseIterable {
        /// The program could not be started.
        case notStarted = "program_not_started"
        /// The program ended with a failure.
        case programFailed = "program_failed"
        /// The program ran longer than it may.
        case timedOut = "timed_out"
        /// The caller gave up before the program ended.
        case cancelled
        /// The program succeeded but left nothing, or something empty.
        case noResult = "no_result"
        /// There are too few rows to train on and to judge by.
        case tooFewRows = "too_few_rows"
        /// A file of the run cannot be read or written.
        case unwritable
        /// There is no such run or job.
        case notFound = "not_found"
        /// The run is not in a state for what is asked, or is somebody else's.
        case conflict
        /// The store of the runs cannot be used.
        case storeFailed = "store_failed"
    }

    /// The kind of the problem.
    public var kind: Code
    /// One sentence that says what happened.
    public var message: String
    /// What to do about it, if anything can be said.
    public var hint: String?

    /// Makes an error.
    public init(_ kind: Code, _ message: String, hint: String? = nil) {
        self.kind = kind
        self.message = message
        self.hint = hint
    }

    /// The bounded kind as text.
    public var code: String { kind.rawValue }
}
