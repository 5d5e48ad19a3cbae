public import SlipwayData

/// Where a model version comes from: data, code, command, and time.
public struct Lineage: Codable, Equatable, Sendable {
    /// How the version was made.
    public enum Origin: String, Codable, Sendable {
        /// A person pushed a model file.
        case push
        /// Slipway ran the project's training command.
        case retrain
    }

    /// How the version was made.
    public var origin: Origin
    /// The name of the pushed file, or the model output of the training command.
    public var source: String?
    /// The format of that file where it is not ONNX and the package holds its translation.
    public var sourceFormat: String?
    /// The digest of that file where it is not ONNX.
    public var sourceDigest: SHA256Digest?
    /// The digest of the snapshot that the model was trained on.
    public var dataDigest: SHA256Digest?
    /// How commands call that snapshot: `churn@3fa9c1d2e4b5`.
    public var snapshot: String?
    /// The query that the snapshot holds the result of.
    public var query: String?
    /// The rows the model was trained on, and the rows held out from training.
    public var trainingRows: Int?
    /// The rows held out from training, on which the version is judged.
    public var heldOutRows: Int?
    /// The revision of the project's code, with `-dirty` where the work tree had changes.
    public var codeRevision: String?
    /// The training command.
    public var command: [String]?
    /// How long the training command took, in seconds.
    public var durationSeconds: Double?

    /// Makes a lineage; only the origin is always known.
    public init(
        origin: Origin, source: String? = nil, sourceFormat: String? = nil, sourceDigest: SHA256Digest? = nil,
        dataDigest: SHA256Digest? = nil, snapshot: String? = nil, query: String? = nil, trainingRows: Int? = nil,
        heldOutRows: Int? = nil, codeRevision: String? = nil, command: [String]? = nil, durationSeconds: Double? = nil
    ) {
        self.origin = origin
        self.source = source
        self.sourceFormat = sourceFormat
        self.sourceDigest = sourceDigest
        self.dataDigest = dataDigest
        self.snapshot = snapshot
        self.query = query
        self.trainingRows = trainingRows
        self.heldOutRows = heldOutRows
        self.codeRevision = codeRevision
        self.command = command
        self.durationSeconds = durationSeconds
    }

    private enum CodingKeys: String, CodingKey {
        case origin, source
        case sourceFormat = "source_format"
        case sourceDigest = "source_digest"
        case dataDigest = "data_digest"
        case snapshot, query
        case trainingRows = "training_rows"
        case heldOutRows = "held_out_rows"
        case codeRevision = "code_revision"
        case command
        case durationSeconds = "duration_seconds"
    }
}
