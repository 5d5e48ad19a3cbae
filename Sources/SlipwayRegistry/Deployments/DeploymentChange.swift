/// One change of a champion, with who made it, when, and why.
public struct DeploymentChange: Equatable, Sendable {
    /// How a champion came to be.
    public enum Kind: String, Sendable, CaseIterable {
        /// A version passed its gate, or was forced.
        case promote
        /// The version before the last promotion came back.
        case rollback = "roll_back"
    }

    /// The environment.
    public var environment: String
    /// The name of the model.
    public var model: String
    /// How the change came to be.
    public var kind: Kind
    /// The champion after the change.
    public var version: Int
    /// The champion before the change; `nil` for the first one.
    public var previous: Int?
    /// The revision of the deployment that the change was decided on; 0 when there was none.
    public var expectedRevision: Int
    /// Who made the change, when, and why.
    public var audit: AuditEntry

    /// Makes a change.
    public init(
        environment: String, model: String, kind: Kind, version: Int, previous: Int?, expectedRevision: Int,
        audit: AuditEntry
    ) {
        self.environment = environment
        self.model = model
        self.kind = kind
        self.version = version
        self.previous = previous
        self.expectedRevision = expectedRevision
        self.audit = audit
    }
}
