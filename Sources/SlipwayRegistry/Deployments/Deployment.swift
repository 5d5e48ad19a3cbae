public import SlipwayData

/// Which version of a model an environment answers with, and which one it tries beside it.
public struct Deployment: Equatable, Sendable {
    /// The environment, such as `production`.
    public var environment: String
    /// The name of the model.
    public var model: String
    /// The version that answers.
    public var champion: Int
    /// The version that is tried beside it, if one is.
    public var challenger: Challenger?
    /// The number of changes made so far; every change adds one.
    public var revision: Int
    /// When it was last changed.
    public var updatedAt: Timestamp

    /// Makes a deployment.
    public init(
        environment: String, model: String, champion: Int, challenger: Challenger? = nil, revision: Int,
        updatedAt: Timestamp
    ) {
        self.environment = environment
        self.model = model
        self.champion = champion
        self.challenger = challenger
        self.revision = revision
        self.updatedAt = updatedAt
    }
}
