public import SlipwayData

/// One immutable version of a model, as the registry knows it.
public struct ModelVersion: Equatable, Sendable {
    /// The name of the model.
    public var model: String
    /// The number of the version, counted from 1.
    public var number: Int
    /// The digest of the package.
    public var digest: SHA256Digest
    /// When the version was registered.
    public var createdAt: Timestamp
    /// Who registered it.
    public var createdBy: String

    /// Makes a version.
    public init(model: String, number: Int, digest: SHA256Digest, createdAt: Timestamp, createdBy: String) {
        self.model = model
        self.number = number
        self.digest = digest
        self.createdAt = createdAt
        self.createdBy = createdBy
    }

    /// `model@number`, as every command reads it.
    public var reference: String { "\(model)@\(number)" }
}
