import SlipwayData
import SlipwayModel

/// Explains any model by sampling: a background row is changed into the row at hand field by field, in a random order,
/// and what each change does to the score counts for its field.
///
/// Each background row is used once with an order and once with its reverse, which cancels much of the chance (Mitchell
/// et al., Sampling Permutations for Shapley Value Estimation, 2022). The mean over the background rows is the
/// contribution, and their spread gives its standard error. Within one background row the changes sum to the difference
/// of two scores, so that the contributions sum to the score less the mean score of the background, whatever the error.
struct SamplingExplainer: Explainer {
    /// The background rows that are used.
    static let backgroundRowCountMax = 64
    /// The rows that are predicted at once.
    private static let batchRowCount = 8_192

    let method = Explanation.Method.sampling
    private let model: Model
    private let source: Explanation.Background
    private let background: [[Value]]
    private let why: String?

    /// Makes an explainer of a loaded model.
    ///
    /// - Parameters:
    ///   - rowCountMax: The most background rows to use.
    ///   - why: Why the model is not explained exactly, which every explanation repeats.
    /// - Throws: ``ModelError`` of kind `unsupportedModel` when the model has no score or there are no example rows.
    init(
        model: Model, background: ExplanationBackground?, rowCountMax: Int = backgroundRowCountMax,
        why: String? = nil
    ) throws(ModelError) {
        guard model.signature.task.kind != .other else {
            throw ModelError(
                .unsupportedModel, "the outputs of this model mean no score that could be explained",
                hint: "Name the target column when pushing, so that the task is known.")
        }
        guard let background else {
            throw ModelError(
                .unsupportedModel, "there are no example rows to compare with", hint: "Push the model with examples.")
        }
        self.model = model
        self.why = why
        source = background.source
        self.background = background.rows.evenly(rowCountMax)
    }

    /// Explains rows of cells in the order of the signature's fields.
    ///
    /// - Complexity: Two predictions for each row, background row and field.
    func explain(_ rows: [[Value]]) throws(ModelError) -> [Explanation] {
        guard !rows.isEmpty else { return [] }
        let classes = try ExplainedClasses(rows, model: model)
        var explanations: [Explanation] = []
        for (row, index) in zip(rows, classes.indices) { explanations.append(try explain(row, classIndex: index)) }
        return explanations
    }

    private func explain(_ row: [Value], classIndex: Int?) throws(ModelError) -> Explanation {
        let task = model.signature.task
        let fields = model.signature.inputs
        let orders = orders(fieldCount: fields.count)
        let scores = try scores(of: changes(of: row, in: orders), classIndex)
        // Each order has one row per field and the background row itself; its reverse follows it.
        let length = fields.count + 1
        var sums = [Double](repeating: 0, count: fields.count)
        var squares = sums
        for index in background.indices {
            let first = 2 * index * length
            for place in fields.indices {
                let forward = scores[first + place + 1] - scores[first + place]
                let field = orders[index][place]
                // In the reverse order the field at the same place changes as the last but so many.
                let back = first + length + (fields.count - 1 - place)
                let mean = (forward + scores[back + 1] - scores[back]) / 2
                sums[field] += mean
                squares[field] += mean * mean
            }
        }
        let count = Double(background.count)
        let base = background.indices.reduce(0) { $0 + scores[2 * $1 * length] } / count
        guard base.isFinite, sums.allSatisfy(\.isFinite) else {
            throw ModelError(.inferenceFailed, "the model gives scores that are not finite")
        }
        let contributions = fields.indices.map { field in
            let mean = sums[field] / count
            let variance = max(0, squares[field] / count - mean * mean) * count / max(1, count - 1)
            return Explanation.Contribution(
                field: fields[field].name, value: row[field], amount: mean, error: (variance / count).squareRoot())
        }
        // What a probability in 32 bits may be: sums of shares end a few roundings beyond 1.
        let mayBeProbabilities = scores.allSatisfy { (-1e-5...1 + 1e-5).contains($0) }
        let space: Explanation.Space =
            task.kind == .regression ? .prediction : mayBeProbabilities ? .probability : .score
        return Explanation(
            method: method, background: source, space: space, explainedClass: classIndex.map { task.classes[$0] },
            base: base, score: contributions.reduce(base) { $0 + $1.amount }, contributions: contributions,
            why: why)
    }

    /// An order of the fields for each background row, the same on every call.
    private func orders(fieldCount: Int) -> [[Int]] {
        var generator = SplitMix64(seed: 0x5EED)
        return background.map { _ in (0..<fieldCount).shuffled(using: &generator) }
    }

    /// The rows on the way from each background row to the row at hand, in each order and in its reverse.
    private func changes(of row: [Value], in orders: [[Int]]) -> [[Value]] {
        var rows: [[Value]] = []
        rows.reserveCapacity(2 * background.count * (row.count + 1))
        for (start, order) in zip(background, orders) {
            for fields in [order, order.reversed()] {
                var changed = start
                rows.append(changed)
                for field in fields {
                    changed[field] = row[field]
                    rows.append(changed)
                }
            }
        }
        return rows
    }

    private func scores(of rows: [[Value]], _ classIndex: Int?) throws(ModelError) -> [Double] {
        var scores: [Double] = []
        scores.reserveCapacity(rows.count)
        for start in stride(from: 0, to: rows.count, by: Self.batchRowCount) {
            let batch = try model.predict(rows: Array(rows[start..<min(start + Self.batchRowCount, rows.count)]))
            for row in 0..<batch.rowCount {
                let score =
                    classIndex.map { index in batch.scores(row: row).flatMap { index < $0.count ? $0[index] : nil } }
                    ?? batch.prediction(row: row)?.asNumber
                guard let score else {
                    throw ModelError(
                        .unsupportedModel, "the model gives no score per class that could be explained",
                        hint: "Export it with probabilities or scores among its outputs.")
                }
                scores.append(score)
            }
        }
        return scores
    }
}
