import SlipwayModel

/// One condition that a version must meet to be promoted.
enum GateConditionConfiguration: Equatable, Sendable {
    /// The metric reaches a figure, over all rows or in each group of a slice.
    case atLeast(metric: String, threshold: Double, slice: String?)
    /// The metric stays at or below a figure, over all rows or in each group of a slice.
    case atMost(metric: String, threshold: Double, slice: String?)
    /// The metric is not worse than the champion's by more than a margin; with a confidence, surely so.
    case notWorseThanChampion(metric: String, margin: Double, confidence: Double?)

    /// The metrics that a condition may name.
    static let metrics: [String] = {
        let names = [Signature.Task.Kind.binary, .multiclass, .regression].flatMap(MetricCatalog.names(for:))
        return Set(names).sorted()
    }()

    /// The metrics of classes that have no bound of 1; all others lie between 0 and 1.
    private static let unboundedClassMetrics: Set = [LogLoss.name]

    /// Whether a metric lies between 0 and 1 by definition.
    static func isShare(_ metric: String) -> Bool {
        !MetricCatalog.names(for: .regression).contains(metric) && !unboundedClassMetrics.contains(metric)
    }
}
