public import SlipwayMonitoring
public import SlipwayRegistry

extension Guardrail {
    /// What the accuracy of the canary must keep to, if anything.
    public var accuracyGuard: AccuracyGuard? {
        accuracyLossMax.map { AccuracyGuard(lossMax: $0, outcomeCountMin: callCountMin, level: level) }
    }
}
