import SlipwayData

/// What a caller may be allowed to do.
public enum Permission: String, Sendable, CaseIterable {
    /// Ask for predictions, and whether a model is ready to give them.
    case predict
    /// Report what came true.
    case feedBack = "feed_back"
    /// Read models, metadata, documents, and metrics.
    case view
    /// Load and unload versions.
    case operate
    /// Do what no other permission stands for.
    case administer

    /// The least role that has the permission.
    public var role: Role {
        switch self {
        case .predict, .feedBack: .predict
        case .view: .view
        case .operate: .operate
        case .administer: .admin
        }
    }

    /// The permission as a verb with its object: `predict with churn`.
    func phrase(on subject: Subject) -> String {
        let object =
            switch subject {
            case .model(let name): name.isEmpty ? "this model" : String(name.prefix(ResourceName.lengthMax))
            case .anyModel: "any model"
            case .server: "the server as a whole"
            }
        return switch self {
        case .predict: "predict with \(object)"
        case .feedBack: "feed outcomes back to \(object)"
        case .view: "view \(object)"
        case .operate: "operate \(object)"
        case .administer: "administer \(object)"
        }
    }
}
