import SlipwayData

/// A record of the prediction log with all of its members, whether this program knows them or not.
struct LoggedPrediction: SegmentRecord {
    static var fileExtension: String { PredictionRecord.fileExtension }
    static var isCompacted: Bool { PredictionRecord.isCompacted }

    let time: Timestamp
    let json: JSONObject

    init(json: JSONObject) throws(LogError) {
        // What cannot be read as a record now could not be read from a compacted log either.
        time = try PredictionRecord(json: json).time
        self.json = json
    }

    /// The record as text that does not depend on the order of its members.
    var canonicalText: String {
        JSONValue.object(JSONObject(distinct: json.members.sorted { $0.name < $1.name })).text
    }
}
