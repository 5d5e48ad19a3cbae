public import SlipwayData

extension FeedbackRecord: SegmentRecord {
    /// Segments of the feedback log end in `.feedback`.
    public static var fileExtension: String { "feedback" }

    /// The record with the members `id` or `key`, `actual`, `time`, and `observed` where known.
    public var json: JSONObject {
        var members: [(name: String, value: JSONValue)] = []
        switch subject {
        case .prediction(let id): members.append(("id", .string(id.description)))
        case .key(let key): members.append(("key", .string(key)))
        }
        members.append(("actual", JSONValue(actual)))
        members.append(("time", .string(time.description)))
        if let observed { members.append(("observed", .string(observed.description))) }
        return JSONObject(distinct: members)
    }

    /// Reads a record from an object.
    public init(json: JSONObject) throws(LogError) {
        let members = RecordMembers(json)
        let subject: Subject
        if let id = try members.readIfPresent("id", { PredictionID($0) }) {
            subject = .prediction(id)
        } else {
            subject = .key(try members.read("key") { $0 })
        }
        guard let actual = json["actual"]?.asValue, !actual.isMissing else { throw RecordMembers.absent("actual") }
        self.init(
            subject: subject, actual: actual, time: try members.read("time") { Timestamp($0) },
            observed: try members.readIfPresent("observed") { Timestamp($0) })
    }
}
