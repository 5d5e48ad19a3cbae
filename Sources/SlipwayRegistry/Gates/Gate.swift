/// The conditions that a version must meet to become champion.
public struct Gate: Equatable, Sendable {
    /// The conditions; an empty gate asks only for the package's checks.
    public var conditions: [GateCondition]

    /// Makes a gate.
    public init(conditions: [GateCondition] = []) {
        self.conditions = conditions
    }
}
