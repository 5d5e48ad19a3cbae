import SlipwayData

/// A role on one model, or on all of them and the server itself.
public struct Scope: Hashable, Sendable, CustomStringConvertible {
    /// The longest text of a scope, in bytes.
    public static let textByteCountMax = 80

    /// The role.
    public var role: Role
    /// The model; `nil` for all models and the server as a whole.
    public var model: String?

    /// Makes a scope.
    public init(_ role: Role, model: String? = nil) {
        self.role = role
        self.model = model
    }

    /// Reads a scope as it is written: `view` for all models, `predict:churn` for one; `nil` for anything else.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.textByteCountMax else { return nil }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let role = parts.first.flatMap({ Role(rawValue: String($0)) }) else { return nil }
        self.role = role
        guard parts.count == 2 else { return }
        let model = String(parts[1])
        guard ResourceName.isValid(model) else { return nil }
        self.model = model
    }

    /// The scope as it is written.
    public var description: String { model.map { "\(role.rawValue):\($0)" } ?? role.rawValue }

    /// Whether the scope allows something.
    public func allows(_ permission: Permission, on subject: Subject) -> Bool {
        guard permission.role <= role else { return false }
        switch subject {
        case .anyModel: return true
        case .server: return model == nil
        case .model(let name): return model == nil || model == name
        }
    }
}
