import SlipwayData

/// Class names and scores as they come from a model and from feedback, brought into ``ClassPredictions``.
struct ClassRows {
    /// The rows that can be evaluated; `nil` when the classes themselves do not fit the task.
    private(set) var usable: ClassPredictions?
    /// The number of rows left out.
    private(set) var skippedCount: Int
    /// Why nothing can be evaluated.
    private(set) var problem = ""

    private let classes: [String]
    private let positive: Int
    private let indices: [String: Int]

    init(task: Signature.Task, predictions: [Value], scores: [[Double]]?, actual: [Value]) {
        classes = task.classes.isEmpty ? Self.occurring(in: predictions + actual) : task.classes
        indices = Dictionary(
            classes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
        positive = task.positiveClass.flatMap { [indices] in indices[$0] } ?? max(classes.count - 1, 0)
        skippedCount = actual.count
        guard !classes.isEmpty else {
            problem = "there are no rows"
            return
        }
        guard task.kind != .binary || classes.count == 2 else {
            problem =
                "a binary task has two classes, not \(classes.count): \(classes.prefix(5).joined(separator: ", "))"
            return
        }
        gather(predictions: predictions, scores: scores, actual: actual)
    }

    private mutating func gather(predictions: [Value], scores: [[Double]]?, actual: [Value]) {
        var trueClasses: [Int] = []
        var predictedClasses: [Int] = []
        var kept: [Double] = []
        // One row whose scores do not fit takes the scores from all, or metrics would speak of different rows.
        let wide = scores.flatMap { scores in scores.allSatisfy { widened($0) != nil } ? scores : nil }
        for row in actual.indices {
            let rowScores = wide.flatMap { widened($0[row]) }
            guard let trueClass = index(of: actual[row]),
                let predicted = predictions.isEmpty
                    ? rowScores.flatMap(Self.indexOfMaximum) : index(of: predictions[row]),
                rowScores?.allSatisfy({ !$0.isNaN }) ?? true
            else { continue }
            trueClasses.append(trueClass)
            predictedClasses.append(predicted)
            kept.append(contentsOf: rowScores ?? [])
        }
        skippedCount = actual.count - trueClasses.count
        usable = ClassPredictions(
            classes: classes, positive: positive, actual: trueClasses, predicted: predictedClasses,
            scores: wide == nil ? nil : kept)
    }

    /// The scores of all classes; of two, the other one's is what the positive one's leaves.
    private func widened(_ scores: [Double]) -> [Double]? {
        if scores.count == classes.count { return scores }
        guard scores.count == 1, classes.count == 2 else { return nil }
        return positive == 1 ? [1 - scores[0], scores[0]] : [scores[0], 1 - scores[0]]
    }

    /// The class that a value names: by its text, or a truth value by the names that Python and numbers give it.
    private func index(of value: Value) -> Int? {
        guard !value.isMissing else { return nil }
        if let index = indices[value.text] { return index }
        guard case .boolean(let truth) = value else { return nil }
        return indices[truth ? "True" : "False"] ?? indices[truth ? "1" : "0"]
    }

    private static func indexOfMaximum(_ scores: [Double]) -> Int? {
        scores.indices.max { scores[$0] < scores[$1] }
    }

    private static func occurring(in values: [Value]) -> [String] {
        Set(values.lazy.filter { !$0.isMissing }.map(\.text)).sorted()
    }
}
