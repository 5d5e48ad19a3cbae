public import SlipwayData
import SlipwayModel

/// The answer for one row.
public struct PredictionAnswer: Sendable, Equatable {
    /// The id by which the true outcome is fed back.
    public var id: String
    /// What the model says, in the words of its task; see ``members(of:row:)``.
    public var members: JSONObject

    /// The answer as members of a JSON object, the id first.
    var json: JSONObject {
        JSONObject([("id", .string(id))] + members.members)
    }

    /// What a model says of one row.
    ///
    /// A classifier gives `prediction` (the class) and `probabilities` (a number per class); a regression gives
    /// `prediction`; any other model gives `outputs` by the graph's names.
    static func members(of batch: PredictionBatch, row: Int) -> JSONObject {
        var members = JSONObject()
        if batch.task.kind != .other, let prediction = batch.prediction(row: row) {
            members["prediction"] = JSONValue(prediction)
            if let scores = batch.scores(row: row), scores.count == batch.task.classes.count {
                let named = zip(batch.task.classes, scores).map { (name: $0, value: JSONValue(.number($1))) }
                members["probabilities"] = .object(JSONObject(named))
            }
            return members
        }
        members["outputs"] = .object(outputs(of: batch, row: row))
        return members
    }

    /// The graph's outputs for one row by name; an output of several values is a list.
    static func outputs(of batch: PredictionBatch, row: Int) -> JSONObject {
        var outputs = JSONObject()
        for output in batch.outputs {
            let width = output.tensor.width
            let cells = (0..<width).map { JSONValue(output.tensor.value(at: row * width + $0)) }
            outputs[output.name] = width == 1 ? cells[0] : .array(cells)
        }
        return outputs
    }
}
