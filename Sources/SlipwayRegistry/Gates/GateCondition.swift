/// One condition of a gate, over metrics on the candidate's own labelled rows.
public enum GateCondition: Equatable, Sendable {
    /// A metric reaches a bound; with a slice, in every value of that column that is large enough to judge.
    case atLeast(metric: String, Double, slice: String?)
    /// A metric keeps below a bound or equals it; with a slice, in every value of that column.
    case atMost(metric: String, Double, slice: String?)
    /// A metric is not worse than the champion's on the same rows by more than a tolerance.
    ///
    /// With a confidence, the bound of a paired bootstrap at that confidence must keep within the tolerance.
    case notWorseThanChampion(metric: String, tolerance: Double, confidence: Double?)

    /// The condition in words, as reports name it.
    public var name: String {
        switch self {
        case .atLeast(let metric, let bound, let slice): "\(metric) at least \(bound)\(Self.words(for: slice))"
        case .atMost(let metric, let bound, let slice): "\(metric) at most \(bound)\(Self.words(for: slice))"
        case .notWorseThanChampion(let metric, let tolerance, let confidence):
            "\(metric) not worse than champion by \(tolerance)" + (confidence.map { " at confidence \($0)" } ?? "")
        }
    }

    private static func words(for slice: String?) -> String { slice.map { " in every \($0)" } ?? "" }
}
