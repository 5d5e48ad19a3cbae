package import SlipwayAccess

extension Principal {
    /// Refuses what the caller may not do.
    ///
    /// - Throws: ``ServingError`` of kind `forbidden`.
    package func require(_ permission: Permission, on subject: Subject) throws(ServingError) {
        guard case .refused(let reason) = AccessControl.decide(self, permission, on: subject) else { return }
        throw ServingError(
            .forbidden, reason,
            hint: "Ask whoever runs this server for a key with the role \(permission.role.rawValue).")
    }

    /// Whether the caller may do something to a model.
    package func may(_ permission: Permission, on model: String) -> Bool {
        AccessControl.decide(self, permission, on: .model(model)) == .allowed
    }
}
