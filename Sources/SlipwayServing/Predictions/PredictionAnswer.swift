public import SlipwayData
package import SlipwayModel

/// The answer for one row.
public struct PredictionAnswer: Sendable, Equatable {
    /// The member that says that stored features were older than they should be.
    package static let staleMember = "stale_features"
    /// The member that says that stated values stood in for stored features.
    package static let defaultMember = "default_features"

    /// The id by which the true outcome is fed back.
    public var id: String
    /// The version that answered.
    public var version: Int
    /// Whether the answer came from the server's cache.
    public var isCached: Bool
    /// What the model says, in the words of its task; see ``members(of:row:givesRawScores:)``.
    public var members: JSONObject

    /// The answer as members of a JSON object, the id first.
    package var json: JSONObject {
        JSONObject([("id", .string(id))] + members.members)
    }

    /// What a model says of one row.
    ///
    /// A classifier gives `prediction` (the class) and a number per class: `probabilities`, or `scores` where they are
    /// none; a regression gives `prediction`; any other model gives `outputs` by the graph's names.
    package static func members(of batch: PredictionBatch, row: Int, givesRawScores: Bool) -> JSONObject {
        var members = JSONObject()
        if batch.task.kind != .other, let prediction = batch.prediction(row: row) {
            members["prediction"] = JSONValue(prediction)
            if let scores = batch.scores(row: row), scores.count == batch.task.classes.count {
                var named = zip(batch.task.classes, scores).map { (name: $0, value: JSONValue(.number($1))) }
                // A single raw score is the second class's; only of a probability is there a complement.
                if givesRawScores, batch[output: batch.task.scoreOutput]?.tensor.width == 1 { named.removeFirst() }
                members[givesRawScores ? "scores" : "probabilities"] = .object(JSONObject(named))
            }
            return members
        }
        members["outputs"] = .object(outputs(of: batch, row: row))
        return members
    }

    /// The graph's outputs for one row by name; an output of several values is a list.
    package static func outputs(of batch: PredictionBatch, row: Int) -> JSONObject {
        var outputs = JSONObject()
        for output in batch.outputs {
            let width = output.tensor.width
            let cells = (0..<width).map { JSONValue(output.tensor.value(at: row * width + $0)) }
            outputs[output.name] = width == 1 ? cells[0] : .array(cells)
        }
        return outputs
    }
}

extension PredictionBatch {
    /// Whether every score of a class lies between 0 and 1; so it is where there are no scores.
    package var scoresMayBeProbabilities: Bool {
        guard !task.classes.isEmpty, let output = self[output: task.scoreOutput] else { return true }
        return (0..<output.tensor.count).allSatisfy { index in
            output.tensor.value(at: index).asNumber.map { Self.probabilities.contains($0) || $0.isNaN } ?? true
        }
    }

    /// What a probability in 32 bits may be: sums of shares end a few roundings beyond 1.
    private static let probabilities = -1e-5...(1 + 1e-5)
}
