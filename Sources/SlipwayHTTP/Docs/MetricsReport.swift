import SlipwayData
import SlipwayModel
import SlipwayRegistry
import SlipwayServing

/// How well a version does on its labelled rows, in all and by group, and plainly what was not measured.
struct MetricsReport: Sendable {
    /// One group of a column.
    struct Line: Sendable {
        var value: String
        var rows: String
        var figures: [String]
        var isTooSmall: Bool
    }

    /// The groups of one column.
    struct Slices: Sendable {
        var column: String
        var lines: [Line]
    }

    /// The metrics that are given by group.
    static let sliceMetricCount = 3

    /// How many rows the figures speak of; `nil` where nothing was measured.
    let rows: String?
    let figures: [ModelPage.Figure]
    /// Metrics that have no value, with the reason.
    let undefined: [String]
    let sliceHeads: [String]
    let slices: [Slices]
    /// What is missing, in sentences.
    let missing: [String]
    /// The conditions of a promotion.
    let gate: [String]

    init(of served: ServedModel) {
        let kind = served.model.signature.task.kind
        let names = MetricCatalog.names(for: kind)
        let metrics = served.metrics
        rows = metrics.map { CountText.text($0.rowCount) }
        figures = names.compactMap { name in
            guard let number = metrics?.metrics[name]?.number else { return nil }
            let words = MetricWords.words(for: name)
            return ModelPage.Figure(name: words.name, value: PageText.figure(number), meaning: words.meaning)
        }
        undefined = names.compactMap { name in
            metrics?.metrics[name]?.reason.map { "\(MetricWords.words(for: name).name): \($0)." }
        }
        let sliced = Array(names.prefix(Self.sliceMetricCount))
        sliceHeads = sliced.map { MetricWords.words(for: $0).name }
        let found = metrics == nil ? [] : served.dossier.slices(of: served.model, metrics: sliced)
        slices = Self.slices(found)
        gate = served.dossier.gate.conditions.map(\.name)
        var missing: [String] = []
        if metrics == nil {
            missing.append(
                served.dossier.hasExamples
                    ? "Metrics: the package's rows do not hold the true outcome."
                    : "Metrics: the version came without rows that hold the true outcome.")
        } else if found.isEmpty {
            missing.append("Metrics by group: no column with a few values is among the labelled rows.")
        }
        if served.dossier.gate.conditions.isEmpty {
            missing.append("A gate: the project sets no condition that a version must meet before it answers.")
        }
        self.missing = missing
    }

    /// The groups by column; one of so few rows that its name would tell of somebody is left out.
    static func slices(_ figures: [SliceFigures]) -> [Slices] {
        var slices: [Slices] = []
        for figure in figures where figure.rowCount >= DataProfile.categoryRowCountMin {
            let line = Line(
                value: figure.value.isEmpty ? "missing" : figure.value, rows: CountText.text(figure.rowCount),
                figures: figure.values?.map { $0.number.map(PageText.figure) ?? "–" } ?? [],
                isTooSmall: figure.values == nil)
            if slices.last?.column == figure.column {
                slices[slices.count - 1].lines.append(line)
            } else {
                slices.append(Slices(column: figure.column, lines: [line]))
            }
        }
        return slices
    }
}
