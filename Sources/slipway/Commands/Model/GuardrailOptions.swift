import ArgumentParser
import SlipwayRegistry

/// What a canary must keep to, where the command says something else than the project.
struct GuardrailOptions: ParsableArguments {
    @Option(help: "By how much its share of failed calls may exceed the champion's, such as 0.01; none lifts it.")
    var maxErrorRate: String?
    @Option(help: "How many times the champion's p99 its p99 may be, such as 2; none lifts it.")
    var maxLatencyRatio: String?
    @Option(
        help: "How much accuracy it may lose, such as 0.05; of numbers the growth of the mean error; none lifts it.")
    var maxAccuracyLoss: String?
    @Option(help: "The calls, or known outcomes, before a verdict.") var minimumCalls: Int?
    @Option(help: "The probability with which a sound canary may be rolled back, such as 0.01.") var level: Double?

    /// Whether nothing is said.
    var isEmpty: Bool {
        maxErrorRate == nil && maxLatencyRatio == nil && maxAccuracyLoss == nil && minimumCalls == nil && level == nil
    }

    func validate() throws {
        try Self.limit(maxErrorRate, "--max-error-rate", in: 0...1)
        try Self.limit(maxLatencyRatio, "--max-latency-ratio", in: 1...1_000)
        try Self.limit(maxAccuracyLoss, "--max-accuracy-loss", in: 0...10)
        let least = Guardrail.callCountMinLeast
        guard minimumCalls.map({ $0 >= least }) ?? true else {
            throw ValidationError("--minimum-calls takes at least \(least): fewer show nothing")
        }
        guard level.map((1e-6...0.2).contains) ?? true else { throw ValidationError("--level takes 0.000001 to 0.2") }
    }

    /// A guard with what is said here in the place of its parts.
    func over(_ base: Guardrail) -> Guardrail {
        var guardrail = base
        if let maxErrorRate { guardrail.errorRateMax = Double(maxErrorRate) }
        if let maxLatencyRatio { guardrail.latencyRatioMax = Double(maxLatencyRatio) }
        if let maxAccuracyLoss { guardrail.accuracyLossMax = Double(maxAccuracyLoss) }
        if let minimumCalls { guardrail.callCountMin = minimumCalls }
        if let level { guardrail.level = level }
        return guardrail
    }

    private static func limit(_ text: String?, _ name: String, in range: ClosedRange<Double>) throws {
        guard let text, text != OptionalLimit.none else { return }
        guard let number = Double(text), range.contains(number) else {
            throw ValidationError(
                "\(name) takes \(range.lowerBound) to \(range.upperBound), or \(OptionalLimit.none)")
        }
    }
}
