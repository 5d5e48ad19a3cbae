import SlipwayAccess
import SlipwayData

/// Keys as people and programs read them.
enum APIKeyText {
    /// What a key is for: `predict on churn, price` or `view on all models`.
    static func scopes(of key: APIKey) -> String {
        let roles = Set(key.scopes.map(\.role)).sorted()
        return roles.map { role in
            let models = key.scopes.filter { $0.role == role }.map(\.model)
            let names = models.compactMap(\.self)
            return "\(role.rawValue) on \(names.count < models.count ? "all models" : names.joined(separator: ", "))"
        }.joined(separator: "; ")
    }

    /// Everything but the secret.
    static func json(of key: APIKey, at time: Timestamp) -> JSONObject {
        [
            "id": .string(key.id), "name": .string(key.name), "state": .string(key.state(at: time).rawValue),
            "scopes": .array(key.scopes.map { .string($0.description) }),
            "rate_limit": key.rateLimit.map(JSONValue.number) ?? .null,
            "created_at": .string(key.createdAt.description), "created_by": .string(key.createdBy),
            "expires_at": key.expiresAt.map { .string($0.description) } ?? .null,
            "revoked_at": key.revokedAt.map { .string($0.description) } ?? .null,
        ]
    }
}
