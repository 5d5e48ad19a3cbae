public import SlipwayData

extension PredictionRecord: SegmentRecord {
    /// Segments of the prediction log end in `.predictions`.
    public static var fileExtension: String { "predictions" }

    /// They may be compacted.
    public static var isCompacted: Bool { true }

    /// The record with the members `id`, `time`, `model`, `version`, `row` (unless 0), `trace` and `key` (where known),
    /// `inputs`, `outputs`, `latency_us`, `source`, and where they say something `role`, `pair`, `cached`, `pinned`, `features`.
    public var json: JSONObject {
        var members: [(name: String, value: JSONValue)] = [
            ("id", .string(id.description)),
            ("time", .string(time.description)),
            ("model", .string(model)),
            ("version", .integer(Int64(version))),
        ]
        members.reserveCapacity(15)
        if row != 0 { members.append(("row", .integer(Int64(row)))) }
        if let trace { members.append(("trace", .string(trace))) }
        if let key { members.append(("key", .string(key))) }
        members.append(("inputs", .object(inputs)))
        members.append(("outputs", .object(outputs)))
        members.append(("latency_us", .integer(Int64(latencyMicroseconds))))
        members.append(("source", .string(source.rawValue)))
        if let role { members.append(("role", .string(role.rawValue))) }
        if let pair { members.append(("pair", .string(pair.description))) }
        if isCached { members.append(("cached", .boolean(true))) }
        if isPinned { members.append(("pinned", .boolean(true))) }
        if let features { members.append(("features", .string(features))) }
        return JSONObject(distinct: members)
    }

    /// The time stands behind the id, which has always the same length.
    public static func timeText(in object: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let start = timeMark.count + PredictionID.textByteCount
        guard object.count > start + timeEnd + Timestamp.textByteCount,
            object.starts(with: timeMark),
            object[start..<start + timeEnd].elementsEqual(timeMember)
        else { return nil }
        return UnsafeRawBufferPointer(rebasing: object[(start + timeEnd)...].prefix(Timestamp.textByteCount))
    }

    private static let timeMark = Array("{\"id\":\"".utf8)
    private static let timeMember = Array("\",\"time\":\"".utf8)
    private static var timeEnd: Int { timeMember.count }

    /// Reads a record from an object.
    public init(json: JSONObject) throws(LogError) {
        let members = RecordMembers(json)
        self.init(
            id: try members.read("id") { PredictionID($0) },
            time: try members.read("time") { Timestamp($0) },
            model: try members.read("model") { $0 },
            version: try members.whole("version"),
            row: try members.wholeIfPresent("row") ?? 0,
            key: try members.readIfPresent("key") { $0 },
            inputs: try members.object("inputs"),
            outputs: try members.object("outputs"),
            latencyMicroseconds: try members.whole("latency_us"),
            source: try members.read("source") { Source(rawValue: $0) },
            role: try members.readIfPresent("role") { Role(rawValue: $0) },
            pair: try members.readIfPresent("pair") { PredictionID($0) },
            isCached: try members.truthIfPresent("cached") ?? false,
            isPinned: try members.truthIfPresent("pinned") ?? false)
        trace = try members.readIfPresent("trace") { $0 }
        features = try members.readIfPresent("features") { $0 }
    }
}
