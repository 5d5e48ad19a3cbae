/// The metrics that apply to each kind of prediction.
public enum MetricCatalog {
    /// The metrics of two classes.
    public static let binary: [any Metric<ClassPredictions>.Type] = [
        ROCAUC.self, LogLoss.self, BrierScore.self, Accuracy.self, BalancedAccuracy.self, Precision.self, Recall.self,
        F1Score.self, ExpectedCalibrationError.self,
    ]

    /// The metrics of several classes.
    public static let multiclass: [any Metric<ClassPredictions>.Type] = [
        LogLoss.self, Accuracy.self, BalancedAccuracy.self, MacroF1Score.self,
    ]

    /// The metrics of numbers.
    public static let regression: [any Metric<RegressionPredictions>.Type] = [
        RootMeanSquaredError.self, MeanAbsoluteError.self, RSquared.self,
    ]

    /// The names that apply to a kind of prediction, the most telling first.
    public static func names(for kind: Signature.Task.Kind) -> [String] {
        switch kind {
        case .binary: binary.map { $0.name }
        case .multiclass: multiclass.map { $0.name }
        case .regression: regression.map { $0.name }
        case .other: []
        }
    }

    /// Whether a larger value of a metric is better; `nil` for a name that is no metric.
    public static func higherIsBetter(_ name: String) -> Bool? {
        let ofClasses = (binary + multiclass).first { $0.name == name }?.higherIsBetter
        return ofClasses ?? regression.first { $0.name == name }?.higherIsBetter
    }
}
