/// The champions of a model in an environment, as promotions and rollbacks left them.
///
/// A promotion puts a version on top, a rollback takes the top one away: so rolling back again goes one promotion
/// further back, also where a version was promoted more than once.
public struct ChampionHistory: Sendable {
    private var champions: [Int] = []

    /// Starts without a champion.
    public init() {}

    /// Adds a change; they come in the order in which they were made.
    public mutating func add(_ kind: DeploymentChange.Kind, version: Int) {
        switch kind {
        case .promote: champions.append(version)
        case .rollback: _ = champions.popLast()
        }
    }

    /// The version that answers now.
    public var current: Int? { champions.last }

    /// The version that a rollback brings back.
    public var previous: Int? { champions.dropLast().last }
}
