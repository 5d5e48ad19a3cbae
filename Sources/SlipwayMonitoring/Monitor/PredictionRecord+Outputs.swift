public import SlipwayData
public import SlipwayModel

extension PredictionRecord {
    /// The predicted class or number, by the meaning that a task gives to the outputs.
    public func prediction(for task: Signature.Task) -> Value? { PredictionOutputs(outputs, task).prediction }

    /// The score of each class in the order of the task.
    public func scores(for task: Signature.Task) -> [Double]? { PredictionOutputs(outputs, task).scores }

    /// The score of the positive class.
    public func positiveScore(for task: Signature.Task) -> Double? { PredictionOutputs(outputs, task).positiveScore }
}

extension JoinedOutcome {
    /// The predicted class or number, by the meaning that a task gives to the outputs.
    public func prediction(for task: Signature.Task) -> Value? { PredictionOutputs(outputs, task).prediction }

    /// The score of each class in the order of the task.
    public func scores(for task: Signature.Task) -> [Double]? { PredictionOutputs(outputs, task).scores }
}

/// The outputs of one row as logged, read in the same way as `PredictionBatch` reads them fresh.
private struct PredictionOutputs {
    let outputs: JSONObject
    let task: Signature.Task

    init(_ outputs: JSONObject, _ task: Signature.Task) {
        self.outputs = outputs
        self.task = task
    }

    var scores: [Double]? {
        switch task.scoreOutput.flatMap({ outputs[$0] }) {
        case .array(let elements):
            let numbers = elements.compactMap { $0.asValue?.asNumber }
            return numbers.count == elements.count ? task.scores(numbers) : nil
        case .object(let object):
            let numbers = task.classes.compactMap { object[$0]?.asValue?.asNumber }
            return numbers.count == task.classes.count ? numbers : nil
        case .some(let scalar):
            return scalar.asValue?.asNumber.map { task.scores([$0]) }
        case nil: return nil
        }
    }

    var prediction: Value? {
        if let value = task.predictionOutput.flatMap({ outputs[$0] })?.asValue { return value.isMissing ? nil : value }
        return task.predictedClass(by: scores)
    }

    var positiveScore: Double? { task.positiveScore(among: scores) }
}
