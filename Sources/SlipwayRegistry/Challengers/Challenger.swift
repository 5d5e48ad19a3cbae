public import SlipwayData

/// A version that an environment tries beside its champion.
public struct Challenger: Equatable, Sendable {
    /// How a version is tried.
    public enum Mode: String, Sendable, CaseIterable {
        /// It sees calls and answers nobody.
        case shadow
        /// It answers a share of the calls.
        case canary
    }

    /// The version.
    public var version: Int
    /// How it is tried.
    public var mode: Mode
    /// The share of calls, or of entities where there is a ``key``, that it gets: above 0 and at most 1.
    public var share: Double
    /// The field whose value decides who answers, so that an entity always meets the same version; without one, and for
    /// calls that do not give it, chance decides.
    public var key: String?
    /// What ends the trial by itself.
    public var guardrail: Guardrail
    /// When the trial began.
    public var since: Timestamp

    /// Makes a challenger.
    public init(
        version: Int, mode: Mode, share: Double = 1, key: String? = nil, guardrail: Guardrail = Guardrail(),
        since: Timestamp
    ) {
        self.version = version
        self.mode = mode
        self.share = share
        self.key = key
        self.guardrail = guardrail
        self.since = since
    }

    /// The trial in words, as the audit log keeps it: `canary for 10 % of customer_id, …`.
    public var summary: String {
        let percent = Figure.text(share * 100)
        let whole = percent.hasSuffix(".0") ? String(percent.dropLast(2)) : percent
        let what = "\(mode.rawValue) for \(whole) % of \(key ?? "calls")"
        return mode == .canary ? "\(what), \(guardrail.summary)" : what
    }
}
