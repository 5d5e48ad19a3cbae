/// What people say of a model that no graph tells: why it exists, who answers for it, what it is not for.
public struct ModelNotes: Codable, Equatable, Sendable {
    /// Why the model exists and what its predictions are used for.
    public var purpose: String?
    /// Who answers for it.
    public var owner: String?
    /// What it is not for, and where it is known to be weak.
    public var limits: String?

    /// Makes notes; all of them may be left out.
    public init(purpose: String? = nil, owner: String? = nil, limits: String? = nil) {
        self.purpose = purpose
        self.owner = owner
        self.limits = limits
    }

    /// Whether nothing is said.
    public var isEmpty: Bool { self == ModelNotes() }
}
