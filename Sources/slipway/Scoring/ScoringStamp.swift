import SlipwayData
import SlipwayServing

/// Which version answers, and when: two columns behind the answers, by which stored predictions are served.
struct ScoringStamp: Sendable {
    /// The number of the version.
    let version: Int
    /// When the job began; the same for all rows.
    let time: Timestamp

    /// The columns for some rows.
    func columns(rowCount: Int) -> [Column] {
        [
            Column(
                name: StoredPredictionView.versionColumn,
                values: .integers(Array(repeating: Int64(version), count: rowCount))),
            Column(
                name: StoredPredictionView.timeColumn,
                values: .strings(Array(repeating: time.description, count: rowCount))),
        ]
    }

    /// A query whose answers have the columns as well.
    func adding(to query: String) -> String {
        """
        SELECT answers.*, \(version) AS \(SQLText.name(StoredPredictionView.versionColumn)),
        \(SQLText.literal(time.description)) AS \(SQLText.name(StoredPredictionView.timeColumn))
        FROM (
        \(query[..<(query.lastIndex(of: ";") ?? query.endIndex)])
        ) AS answers
        """
    }
}
