public import SlipwayData

/// Which version of a model an environment answers with.
public struct Deployment: Equatable, Sendable {
    /// The environment, such as `production`.
    public var environment: String
    /// The name of the model.
    public var model: String
    /// The version that answers.
    public var champion: Int
    /// The number of changes made so far; every change adds one.
    public var revision: Int
    /// When it was last changed.
    public var updatedAt: Timestamp

    /// Makes a deployment.
    public init(environment: String, model: String, champion: Int, revision: Int, updatedAt: Timestamp) {
        self.environment = environment
        self.model = model
        self.champion = champion
        self.revision = revision
        self.updatedAt = updatedAt
    }
}
