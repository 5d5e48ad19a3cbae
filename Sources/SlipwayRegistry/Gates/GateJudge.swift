import SlipwayData
import SlipwayModel

/// Judges a candidate by the conditions of a gate, on the labelled rows in the candidate's own package.
///
/// The champion predicts the same rows, so the two are compared like with like.
struct GateJudge {
    /// The fewest rows of a slice that is judged.
    static let sliceRowCountMin = 30
    /// The most values of a column that is sliced by.
    static let sliceCountMax = 100

    /// The version to compare with.
    enum Champion {
        /// There is none, or the candidate is the champion itself.
        case none
        /// Its package.
        case package(Package)
        /// Why its package cannot be opened.
        case unusable(String)
    }

    private let candidate: Package
    private let champion: Champion
    private let engines: [any InferenceEngine]

    init(candidate: Package, champion: Champion, engines: [any InferenceEngine]) {
        self.candidate = candidate
        self.champion = champion
        self.engines = engines
    }

    /// One result per condition, in order.
    func results(for gate: Gate) -> [CheckResult] {
        guard !gate.conditions.isEmpty else { return [] }
        let rows: LabelledRows
        do {
            rows = try LabelledRows(of: candidate) { try candidate.load(with: engines) }
        } catch {
            return gate.conditions.map { CheckResult(name: $0.name, outcome: .notRun(error.reason)) }
        }
        return gate.conditions.map { CheckResult(name: $0.name, outcome: outcome(of: $0, on: rows)) }
    }

    private func sample(of package: Package, on table: Table, actual: Column) throws -> MetricSample? {
        MetricSample(of: try package.load(with: engines).predict(table), actual: actual)
    }

    private func outcome(of condition: GateCondition, on rows: LabelledRows) -> CheckResult.Outcome {
        switch condition {
        case .atLeast(let metric, let bound, nil):
            judge(rows.sample.value(of: metric), metric, "at least \(bound)") { $0 >= bound }
        case .atMost(let metric, let bound, nil):
            judge(rows.sample.value(of: metric), metric, "at most \(bound)") { $0 <= bound }
        case .atLeast(let metric, let bound, let slice?):
            slices(of: slice, metric, "at least \(bound)", rows) { $0 >= bound }
        case .atMost(let metric, let bound, let slice?):
            slices(of: slice, metric, "at most \(bound)", rows) { $0 <= bound }
        case .notWorseThanChampion(let metric, let tolerance, let confidence):
            compare(metric, tolerance, confidence, rows)
        }
    }

    private func judge(
        _ value: MetricValue, _ metric: String, _ wanted: String, _ holds: (Double) -> Bool
    ) -> CheckResult.Outcome {
        switch value {
        case .undefined(let reason): .notRun(reason)
        case .value(let number):
            holds(number)
                ? .passed("\(metric) is \(Figure.text(number, where: holds)), \(wanted)")
                : .failed("\(metric) is \(Figure.text(number) { !holds($0) }), not \(wanted)")
        }
    }

    /// Every value of the column with enough rows must hold; those that cannot be judged are named.
    private func slices(
        of slice: String, _ metric: String, _ wanted: String, _ rows: LabelledRows, _ holds: (Double) -> Bool
    ) -> CheckResult.Outcome {
        guard let column = rows.table[slice] else { return .notRun("the examples have no column '\(slice)'") }
        let groups = Dictionary(grouping: 0..<rows.table.rowCount) { column[$0].text }
        guard groups.count <= Self.sliceCountMax else {
            return .notRun("'\(slice)' has \(groups.count) values, more than \(Self.sliceCountMax)")
        }
        var judged: [String] = []
        var failed: [String] = []
        for (value, members) in groups.sorted(by: { $0.key < $1.key }) where members.count >= Self.sliceRowCountMin {
            guard case .value(let number) = rows.sample.value(of: metric, rows: members) else { continue }
            let figure = Figure.text(number) { holds($0) == holds(number) }
            let text = "\(value.isEmpty ? "missing" : value) \(figure) (\(CountText.text(members.count)) rows)"
            if holds(number) { judged.append(text) } else { failed.append(text) }
        }
        if !failed.isEmpty { return .failed("\(metric) of \(failed.joined(separator: ", ")), not \(wanted)") }
        guard !judged.isEmpty else {
            return .notRun("no value of '\(slice)' has \(Self.sliceRowCountMin) rows on which \(metric) is defined")
        }
        return .passed("\(metric) of \(judged.joined(separator: ", "))")
    }

    private func compare(
        _ metric: String, _ tolerance: Double, _ confidence: Double?, _ rows: LabelledRows
    ) -> CheckResult.Outcome {
        let champion: Package
        switch self.champion {
        case .none: return .passed("there is no other champion to compare with")
        case .unusable(let reason): return .notRun("the champion cannot be opened: \(reason)")
        case .package(let package): champion = package
        }
        let (own, other) = (candidate.signature.task, champion.signature.task)
        guard own.kind == other.kind, own.positiveClass == other.positiveClass else {
            return .notRun("the champion does not predict what the candidate predicts")
        }
        let rival: MetricSample
        do {
            guard let sample = try sample(of: champion, on: rows.table, actual: rows.actual) else {
                return .notRun("the champion does not predict what the candidate predicts")
            }
            rival = sample
        } catch {
            return .notRun("the champion cannot predict the candidate's rows: \(error)")
        }
        return PairedComparison(candidate: rows.sample, champion: rival, metric: metric)
            .outcome(tolerance: tolerance, confidence: confidence)
    }
}
