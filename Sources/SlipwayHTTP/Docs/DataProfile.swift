import SlipwayData
import SlipwayModel
import SlipwayServing

/// How the example rows of a version are distributed, field by field, in aggregates only.
struct DataProfile: Sendable {
    /// A bar of a small drawing.
    struct Bar: Sendable {
        var x: Int
        var y: Int
        var height: Int
    }

    /// One field of the model.
    struct Field: Sendable {
        var name: String
        var type: String
        var words: String?
        var needed: String
        var allowed: String
        /// How its values are distributed; `nil` where that is not known or not to be told.
        var distribution: String?
        var missing: String
        var drawing: Drawing?
    }

    /// A small drawing of a distribution.
    struct Drawing: Sendable {
        var bars: [Bar]
    }

    /// The width of one bar, in units of the drawing.
    static let barWidth = 7
    /// The bars of a drawing.
    static let barCount = 16
    /// The height of the tallest bar.
    static let barHeight = 32
    /// The fewest rows of a category that is named, so that nobody is told by a rare one.
    static let categoryRowCountMin = 5
    /// The most categories that are named.
    static let categoryCountMax = 5

    /// How many rows the figures speak of.
    let rows: String?
    let fields: [Field]

    init(of served: ServedModel) {
        let baseline = served.dossier.baseline
        rows = baseline.map { CountText.text($0.rows) }
        let hidden = Set(served.binding.privacy.keys).union(served.binding.viewPrivacy.keys)
        fields = served.model.signature.inputs.map { field in
            let isHidden = hidden.contains(field.name)
            let profile = isHidden ? nil : baseline?.inputs[field.name]
            let words = field.words
            return Field(
                name: field.name, type: field.type.rawValue, words: words.isEmpty ? nil : words,
                needed: field.neededWords, allowed: isHidden ? "personal: not shown" : field.allowedWords(),
                distribution: profile.flatMap(Self.distribution), missing: Self.missing(profile),
                drawing: profile?.numeric.flatMap(Self.drawing))
        }
    }

    private static func distribution(_ profile: ColumnProfile) -> String? {
        if let numeric = profile.numeric {
            guard let quantiles = numeric.sketch.quantiles([0.05, 0.5, 0.95]) else { return nil }
            let figures = quantiles.map(PageText.figure)
            return "mostly \(figures[0]) to \(figures[2]), median \(figures[1])"
        }
        guard let categorical = profile.categorical, categorical.count > 0 else { return nil }
        let named = categorical.categories.prefix(categoryCountMax).filter { $0.count >= categoryRowCountMin }
        guard !named.isEmpty else { return "no value is frequent" }
        return named.map { category in
            "\(category.name) \(PageText.percent(Double(category.count) / Double(categorical.count)))"
        }.joined(separator: ", ")
    }

    private static func missing(_ profile: ColumnProfile?) -> String {
        guard let share = profile?.missingShare else { return "" }
        return share == 0 ? "none" : PageText.percent(share)
    }

    /// The shares of equal parts of the range between the 1st and the 99th percentile.
    private static func drawing(of profile: NumericProfile) -> Drawing? {
        guard let ends = profile.sketch.quantiles([0.01, 0.99]), ends[1] > ends[0] else { return nil }
        let step = ends[1] / Double(barCount) - ends[0] / Double(barCount)
        let edges = (0...barCount).map { ends[0] + Double($0) * step }
        // The first part begins before its lower edge, on which many rows may lie.
        let shares = [0] + edges.dropFirst().map { profile.sketch.cumulativeShare(at: $0) ?? 0 }
        let parts = zip(shares.dropFirst(), shares).map { max(0, $0 - $1) }
        guard let largest = parts.max(), largest > 0 else { return nil }
        let bars = parts.enumerated().map { index, part in
            let height = max(part > 0 ? 1 : 0, Int((part / largest * Double(barHeight)).rounded()))
            return Bar(x: index * (barWidth + 2), y: barHeight - height, height: height)
        }
        return Drawing(bars: bars)
    }
}
