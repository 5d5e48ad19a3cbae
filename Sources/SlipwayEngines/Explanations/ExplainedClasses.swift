import SlipwayData
import SlipwayModel

/// The class whose score is explained, row by row: the positive one of two, and of several the one that is predicted.
struct ExplainedClasses {
    /// The place of each row's class among those of the task; `nil` for a regression.
    let indices: [Int?]

    /// Finds the classes of some rows; of several, by predicting them.
    init(_ rows: [[Value]], model: Model) throws(ModelError) {
        let task = model.signature.task
        switch task.kind {
        case .regression, .other: indices = rows.map { _ in nil }
        case .binary: indices = rows.map { _ in task.explainedClassIndex }
        case .multiclass:
            let batch = try model.predict(rows: rows)
            var found: [Int?] = []
            for row in rows.indices {
                guard let prediction = batch.prediction(row: row),
                    let index = task.classes.firstIndex(of: prediction.text)
                else {
                    throw ModelError(
                        .inferenceFailed, "row \(row + 1) is predicted a class that the model does not name")
                }
                found.append(index)
            }
            indices = found
        }
    }
}

extension Signature.Task {
    /// The place of the class whose score is explained for two classes.
    var explainedClassIndex: Int { positiveIndex ?? max(0, classes.count - 1) }
}
