public import SlipwayModel

/// How good the predictions were, as far as their true outcomes are known.
public struct LiveAccuracyReport: Codable, Equatable, Sendable {
    /// The predictions whose outcome is known.
    public var labels: Int
    /// Their share of the rows in the window.
    public var coverage: Finding<Double>
    /// The metrics that apply to the model's task.
    public var evaluation: Finding<Evaluation>
    /// How often the positive class came true by predicted probability.
    public var calibration: Finding<CalibrationCurve>
    /// How the feedback met the predictions.
    public var feedback: OutcomeCounts
}
