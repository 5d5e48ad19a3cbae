/// How far a caller is trusted; each role may do all that the ones before it may.
///
/// | role | what it adds |
/// |---|---|
/// | `predict` | ask for predictions, feed outcomes back, ask whether a model is ready |
/// | `view` | read what is served: models, metadata, the API document, metrics |
/// | `operate` | load and unload versions |
/// | `admin` | all else, also what a later Slipway adds |
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// May ask for predictions and feed outcomes back.
    case predict
    /// May read what is served.
    case view
    /// May load and unload versions.
    case operate
    /// May do everything.
    case admin

    /// Whether a role may do less than another one.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .predict: 0
        case .view: 1
        case .operate: 2
        case .admin: 3
        }
    }
}
