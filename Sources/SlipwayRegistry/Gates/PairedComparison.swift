import SlipwayData
import SlipwayModel

/// Compares a candidate with the champion on the same rows.
///
/// With a confidence it is a test of non-inferiority: the rows are drawn again with replacement, both models are
/// measured on each draw, and the bound of the loss at that confidence (the percentile method: Efron and Tibshirani,
/// An Introduction to the Bootstrap, 1993, chapter 13) must keep within the tolerance.
struct PairedComparison {
    /// The draws of the bootstrap.
    static let drawCount = 1_000
    /// The share of draws on which the metric must be defined.
    static let definedShareMin = 0.9

    let candidate: MetricSample
    let champion: MetricSample
    let metric: String

    func outcome(tolerance: Double, confidence: Double?) -> CheckResult.Outcome {
        guard candidate.rowCount == champion.rowCount else {
            return .notRun("the two models could not be measured on the same rows")
        }
        let values = (candidate.value(of: metric), champion.value(of: metric))
        guard case .value(let own) = values.0 else { return .notRun(values.0.reason ?? "") }
        guard case .value(let other) = values.1 else { return .notRun("of the champion: \(values.1.reason ?? "")") }
        guard let higherIsBetter = MetricCatalog.higherIsBetter(metric) else {
            return .notRun("there is no metric '\(metric)'")
        }
        let direction = higherIsBetter ? 1.0 : -1.0
        let figures = "\(metric) is \(Figure.text(own)), the champion's is \(Figure.text(other))"
        guard let confidence else {
            let loss = (other - own) * direction
            guard loss > tolerance else { return .passed(figures) }
            let shown = Figure.text(loss) { $0 > tolerance }
            return .failed("\(figures): worse by \(shown), more than \(tolerance)")
        }
        guard confidence > 0, confidence < 1 else {
            return .notRun("the confidence \(confidence) does not lie between 0 and 1")
        }
        guard let bound = lossBound(direction: direction, confidence: confidence) else {
            return .notRun("\(metric) is not defined on most draws of the rows")
        }
        let share = "\(Figure.text(confidence * 100)) %"
        let shown = Figure.text(bound) { ($0 <= tolerance) == (bound <= tolerance) }
        return bound <= tolerance
            ? .passed("\(figures): at \(share) confidence the loss is at most \(shown)")
            : .failed("\(figures): at \(share) confidence the loss may be \(shown), more than \(tolerance)")
    }

    /// The loss that is not exceeded at a confidence; `nil` when the metric is undefined on too many draws.
    private func lossBound(direction: Double, confidence: Double) -> Double? {
        // A fixed seed: the same package judged twice must get the same verdict.
        var random = SplitMix64(seed: 0x51_1B_A7)
        let count = candidate.rowCount
        var losses: [Double] = []
        for _ in 0..<Self.drawCount {
            let rows = (0..<count).map { _ in Int(random.next() % UInt64(count)) }
            guard case .value(let own) = candidate.value(of: metric, rows: rows),
                case .value(let other) = champion.value(of: metric, rows: rows)
            else { continue }
            losses.append((other - own) * direction)
        }
        guard Double(losses.count) >= Self.definedShareMin * Double(Self.drawCount) else { return nil }
        losses.sort()
        let rank = Int((confidence * Double(losses.count)).rounded(.up))
        return losses[min(max(rank, 1), losses.count) - 1]
    }
}
