/// Decides who may do what.
public enum AccessControl {
    /// What was decided.
    public enum Decision: Equatable, Sendable {
        /// It may be done.
        case allowed
        /// It may not be done, for a reason that the caller may read.
        case refused(String)
    }

    /// The most scopes that a refusal lists.
    static let listedScopeCountMax = 5

    /// Decides whether a principal may do something.
    ///
    /// The reason names what the principal may do, and nothing about what exists: a caller who may not see a model gets
    /// the same words for one that is served and one that is not.
    ///
    /// - Complexity: O(scopes).
    public static func decide(_ principal: Principal, _ permission: Permission, on subject: Subject) -> Decision {
        if principal.scopes.contains(where: { $0.allows(permission, on: subject) }) { return .allowed }
        let listed = principal.scopes.prefix(listedScopeCountMax).map(\.description).joined(separator: ", ")
        let rest = principal.scopes.count > listedScopeCountMax ? ", …" : ""
        let scopes = principal.scopes.isEmpty ? "nothing" : "\(listed)\(rest)"
        let who = principal.proof == .token ? "this token" : "this key"
        return .refused("\(who) may not \(permission.phrase(on: subject)); it is for \(scopes)")
    }
}
