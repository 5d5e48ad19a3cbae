/// One figure of how good predictions are, given what came true.
///
/// ## Contract for implementers
/// - ``name`` is the key in reports, gates, and JSON; it never changes.
/// - ``evaluate(_:)`` is a pure function; where the figure has no meaning it says so in a reason, it never gives NaN.
/// - The result agrees with scikit-learn in double precision; the comment names the function.
public protocol Metric<Predictions>: Sendable {
    /// What the metric is computed from.
    associatedtype Predictions: Sendable

    /// The name in `snake_case`.
    static var name: String { get }

    /// Whether a larger value is better.
    static var higherIsBetter: Bool { get }

    /// Computes the figure.
    static func evaluate(_ predictions: Predictions) -> MetricValue
}
