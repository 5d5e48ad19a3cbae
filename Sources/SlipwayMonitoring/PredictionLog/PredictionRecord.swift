public import SlipwayData

/// One answered row, as the prediction log keeps it.
public struct PredictionRecord: Equatable, Sendable {
    /// Where a prediction was asked for.
    public enum Source: String, Codable, Hashable, Sendable, CaseIterable {
        /// A request to a server.
        case online
        /// A batch of rows.
        case batch
        /// A challenger that sees traffic and answers nobody.
        case shadow
    }

    /// The id of the row, by which feedback finds it.
    public var id: PredictionID
    /// When the request came in.
    public var time: Timestamp
    /// The name of the model.
    public var model: String
    /// The version that answered.
    public var version: Int
    /// The position of the row in its request, from 0.
    public var row: Int
    /// The entity that the row is about, such as a customer, where it is known.
    public var key: String?
    /// The values given to the model by field name, defaults and looked-up features included.
    public var inputs: JSONObject
    /// The answer by output name; an output of several values is a list.
    public var outputs: JSONObject
    /// The time from the request to its answer, in microseconds; the same for all rows of a request.
    public var latencyMicroseconds: Int
    /// Where the prediction was asked for.
    public var source: Source
    /// The trace that the request belonged to, as 32 hexadecimal digits; `nil` where the caller was not traced.
    public var trace: String?
    /// Which part of the deployment answered; `nil` outside of a server.
    public var role: Role?
    /// Of a shadow's record, the id of the row that was answered to the caller.
    public var pair: PredictionID?
    /// Whether the answer came from the server's cache.
    public var isCached: Bool
    /// Whether chance did not choose who answers: the caller named the version, or a canary failed before.
    public var isPinned: Bool
    /// What stood in for stored features, because the store could not answer: `stale` or `default`.
    public var features: String?

    /// Makes a record.
    public init(
        id: PredictionID, time: Timestamp, model: String, version: Int, row: Int = 0, key: String? = nil,
        inputs: JSONObject, outputs: JSONObject, latencyMicroseconds: Int, source: Source = .online, role: Role? = nil,
        pair: PredictionID? = nil, isCached: Bool = false, isPinned: Bool = false
    ) {
        self.id = id
        self.time = time
        self.model = model
        self.version = version
        self.row = row
        self.key = key
        self.inputs = inputs
        self.outputs = outputs
        self.latencyMicroseconds = latencyMicroseconds
        self.source = source
        self.role = role
        self.pair = pair
        self.isCached = isCached
        self.isPinned = isPinned
    }
}
