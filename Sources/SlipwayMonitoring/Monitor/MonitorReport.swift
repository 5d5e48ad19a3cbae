/// What a model did in a window of time, and how far it is from what it was trained on.
public struct MonitorReport: Codable, Equatable, Sendable {
    /// The name of the model.
    public var model: String
    /// The version that predictions and outcomes are judged for; `nil` for all.
    public var version: Int?
    /// The window.
    public var window: TimeWindow
    /// What is most worth knowing, in plain sentences, the worst first.
    public var summary: [String]
    /// How much the model was asked.
    public var volume: VolumeReport
    /// How long answers took.
    public var latency: Finding<LatencyReport>
    /// The inputs in the order of the signature.
    public var features: [DistributionReport]
    /// The predictions: the class or number, and the score of the positive class.
    public var predictions: [DistributionReport]
    /// How good the predictions were.
    public var accuracy: LiveAccuracyReport
    /// How a challenger does beside the champion, while one is tried.
    public var comparison: ChallengerComparison?

    /// Whether any input or prediction has drifted.
    public var hasDrift: Bool { (features + predictions).contains { $0.hasDrifted } }

    /// The inputs that drifted, the furthest first.
    public var driftedFeatures: [DistributionReport] {
        features.filter(\.hasDrifted).sorted { $0.drift.figure?.statistic ?? 0 > $1.drift.figure?.statistic ?? 0 }
    }
}
