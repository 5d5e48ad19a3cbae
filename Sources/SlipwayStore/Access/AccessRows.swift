import SlipwayAccess
import SlipwayData
import SlipwaySQL

extension APIKey {
    /// Reads a row of the table `access_keys`.
    init(_ row: SQLRow) throws {
        guard let hash = SHA256Digest(hex: try row.text("hash")) else {
            throw AccessError(.storeFailed, "the store holds a digest of a key that is none")
        }
        let texts = try row.text("scopes").split(separator: " ")
        let scopes = texts.compactMap { Scope(String($0)) }
        // A scope that is not understood must not be left out silently, nor be guessed.
        guard scopes.count == texts.count else {
            throw AccessError(
                .storeFailed, "the store holds a key with a scope of a newer Slipway", hint: "Update Slipway.")
        }
        self.init(
            id: try row.text("id"), name: try row.text("name"), hash: hash, scopes: scopes,
            rateLimit: try row.numberIfPresent("rate_limit"), createdAt: try row.moment("created_at"),
            createdBy: try row.text("created_by"), expiresAt: try row.momentIfPresent("expires_at"),
            revokedAt: try row.momentIfPresent("revoked_at"))
    }
}

extension AccessEntry {
    /// Reads a row of the table `access_audit`.
    init(_ row: SQLRow) throws {
        guard let action = Action(rawValue: try row.text("action")) else {
            throw AccessError(.storeFailed, "the audit log holds an action of a newer Slipway", hint: "Update Slipway.")
        }
        self.init(
            time: try row.moment("at"), actor: try row.text("actor"), action: action, keyID: try row.text("key_id"),
            keyName: try row.text("key_name"), detail: try row.textIfPresent("detail"))
    }
}

extension SQLRow {
    /// A moment kept as text.
    fileprivate func moment(_ name: String) throws -> Timestamp {
        guard let moment = Timestamp(try text(name)) else {
            throw AccessError(.storeFailed, "the store holds a time that is none in '\(name)'")
        }
        return moment
    }

    /// A moment kept as text, or `nil` where the cell is NULL.
    fileprivate func momentIfPresent(_ name: String) throws -> Timestamp? {
        self[name].isMissing ? nil : try moment(name)
    }
}
