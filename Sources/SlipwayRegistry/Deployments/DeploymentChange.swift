/// One change of a champion, with who made it, when, and why; it ends the trial of any challenger.
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
    /// What the audit log says of the challenger, whose trial ends with the champion that it was compared with; `nil`
    /// when there is none.
    public var challengerAudit: AuditEntry?

    /// Makes a change.
    public init(
        environment: String, model: String, kind: Kind, version: Int, previous: Int?, expectedRevision: Int,
        audit: AuditEntry, challengerAudit: AuditEntry? = nil
    ) {
        self.environment = environment
        self.model = model
        self.kind = kind
        self.version = version
        self.previous = previous
        self.expectedRevision = expectedRevision
        self.audit = audit
        self.challengerAudit = challengerAudit
    }
}
