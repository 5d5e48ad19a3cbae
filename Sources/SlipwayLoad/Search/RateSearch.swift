/// Looks for the highest rate that a server holds, from the outcomes of rates that are tried one after the other.
///
/// The rate is doubled until one is not held, and then the gap is halved until it is small. What is found is tried once
/// more, and lowered while it does not hold again: a rate that held by chance is no answer.
public struct RateSearch: Sendable {
    /// How much higher the lowest rate that failed may be than the one that is found.
    public static let resolution = 1.05
    /// The lowest rate that is tried, in requests per second.
    public static let rateMin = 1.0
    /// How often a rate that was found is lowered.
    public static let confirmationCountMax = 6

    /// What is to be done.
    public enum Step: Equatable, Sendable {
        /// Try a rate.
        case attempt(Double)
        /// Try the rate that was found once more.
        case confirm(Double)
        /// Nothing: the highest rate, or `nil` when not even the lowest one is held.
        case done(Double?)
    }

    /// What is to be done next.
    public private(set) var step: Step
    private var held: Double?
    private var failed: Double?
    private var confirmationCount = 0

    /// Starts with a first rate.
    public init(from rate: Double) { step = .attempt(min(max(rate, Self.rateMin), LoadPlan.rateMax)) }

    /// Takes the outcome of the step.
    public mutating func take(held isHeld: Bool) {
        switch step {
        case .attempt(let rate):
            if isHeld { held = rate } else { failed = rate }
            step = next(after: rate)
        case .confirm(let rate):
            confirmationCount += 1
            if isHeld {
                step = .done(rate)
            } else if confirmationCount < Self.confirmationCountMax, rate / Self.resolution >= Self.rateMin {
                step = .confirm(rate / Self.resolution)
            } else {
                step = .done(nil)
            }
        case .done: break
        }
    }

    private func next(after rate: Double) -> Step {
        switch (held, failed) {
        case (let held?, let failed?):
            return failed <= held * Self.resolution ? .confirm(held) : .attempt((held * failed).squareRoot())
        case (let held?, nil):
            return held < LoadPlan.rateMax ? .attempt(min(held * 2, LoadPlan.rateMax)) : .confirm(held)
        case (nil, _): return rate > Self.rateMin ? .attempt(max(rate / 2, Self.rateMin)) : .done(nil)
        }
    }
}
