public import SlipwayModel

/// The outcome of one check or gate condition, with its reason.
public struct CheckResult: Equatable, Sendable {
    /// The outcomes.
    public enum Outcome: Equatable, Sendable {
        /// The check ran and holds.
        case passed(String)
        /// The check ran and does not hold.
        case failed(String)
        /// The check could not run.
        case notRun(String)
    }

    /// The name of the check, such as `golden rows` or `roc_auc at least 0.8`.
    public var name: String
    /// The outcome with its reason.
    public var outcome: Outcome
    /// How far engines lie apart, where the check compares them.
    public var parity: ParityReport?

    /// Makes a result.
    public init(name: String, outcome: Outcome, parity: ParityReport? = nil) {
        self.name = name
        self.outcome = outcome
        self.parity = parity
    }

    /// Whether the check ran and does not hold.
    public var isFailed: Bool { if case .failed = outcome { true } else { false } }

    /// Whether the check ran and holds.
    public var isPassed: Bool { if case .passed = outcome { true } else { false } }

    /// `passed`, `failed`, or `not run`.
    public var word: String {
        switch outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .notRun: "not run"
        }
    }

    /// The reason in words.
    public var reason: String {
        switch outcome {
        case .passed(let reason), .failed(let reason), .notRun(let reason): reason
        }
    }
}
