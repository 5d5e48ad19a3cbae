package import SlipwayData

/// The newest stored answer for a key, with the version and the time that made it.
package struct StoredPrediction: Sendable {
    /// The member that says that the answer is older than it should be.
    package static let staleMember = "stale"

    /// The key, in the form that it is stored in.
    package let key: Value
    /// The version that answered; missing where the row does not say.
    package let version: Value
    /// When it answered, as the row says it.
    package let scoredAt: Value
    /// The other columns of the row.
    package let answer: JSONObject
    /// Whether it is older than it should be.
    package let isStale: Bool

    /// Takes a row of a view.
    init(_ row: [String: Value], of view: StoredPredictionView, isStale: Bool) {
        let others = view.hiddenColumns.union([
            view.key, StoredPredictionView.versionColumn, StoredPredictionView.timeColumn,
        ])
        key = row[view.key] ?? .missing
        version = row[StoredPredictionView.versionColumn] ?? .missing
        scoredAt = row[StoredPredictionView.timeColumn] ?? .missing
        answer = JSONObject(
            distinct: row.filter { !others.contains($0.key) }.sorted { $0.key < $1.key }.map {
                (name: $0.key, value: JSONValue($0.value))
            })
        self.isStale = isStale
    }

    /// The answer as members of a JSON object.
    package func json(of model: String) -> JSONObject {
        var members: JSONObject = [
            "model": .string(model), "key": JSONValue(key), "version": JSONValue(version),
            "scored_at": JSONValue(scoredAt), "answer": .object(answer),
        ]
        if isStale { members[Self.staleMember] = .boolean(true) }
        return members
    }
}
