public import SlipwayData

/// A prediction and what came true.
public struct JoinedOutcome: Equatable, Sendable {
    /// The prediction's id.
    public var id: PredictionID
    /// When it was asked for.
    public var time: Timestamp
    /// The version that answered.
    public var version: Int
    /// The answer by output name.
    public var outputs: JSONObject
    /// What came true.
    public var actual: Value

    /// Makes a pair.
    public init(id: PredictionID, time: Timestamp, version: Int, outputs: JSONObject, actual: Value) {
        self.id = id
        self.time = time
        self.version = version
        self.outputs = outputs
        self.actual = actual
    }
}
