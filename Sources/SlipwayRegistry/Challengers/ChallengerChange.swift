/// A challenger that is set, replaced, or taken away, with who did it, when, and why.
public struct ChallengerChange: Equatable, Sendable {
    /// The environment.
    public var environment: String
    /// The name of the model.
    public var model: String
    /// The challenger after the change; `nil` when there is none any more.
    public var challenger: Challenger?
    /// The revision of the deployment that the change was decided on.
    public var expectedRevision: Int
    /// Who made the change, when, and why.
    public var audit: AuditEntry

    /// Makes a change.
    public init(
        environment: String, model: String, challenger: Challenger?, expectedRevision: Int, audit: AuditEntry
    ) {
        self.environment = environment
        self.model = model
        self.challenger = challenger
        self.expectedRevision = expectedRevision
        self.audit = audit
    }
}
