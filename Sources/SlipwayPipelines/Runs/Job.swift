/// Work of a project that is done again and again, in one environment.
public struct Job: Hashable, Sendable, CustomStringConvertible {
    /// The kinds of jobs.
    public enum Kind: String, Sendable, CaseIterable {
        /// Brings fresh rows into a feature view.
        case refresh
        /// Trains a model anew and promotes it if its gate holds.
        case retrain
        /// Scores a batch of rows.
        case score
    }

    /// What is done.
    public let kind: Kind
    /// What it is done to: the name of a feature view, a model, or a batch.
    public let name: String
    /// The environment.
    public let environment: String

    /// Names a job.
    public init(_ kind: Kind, _ name: String, in environment: String) {
        self.kind = kind
        self.name = name
        self.environment = environment
    }

    /// The job for people: `score nightly in production`.
    public var description: String { "\(kind.rawValue) \(name) in \(environment)" }
}
