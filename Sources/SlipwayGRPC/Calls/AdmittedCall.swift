import SlipwayAccess
import SlipwayServing

/// A call whose caller is known.
struct AdmittedCall: Sendable {
    /// Who calls.
    let caller: Principal
    /// What the service is told of the call.
    let call: Call
    /// The model that the message names; empty where it names none.
    private(set) var model = ""

    init(caller: Principal, call: Call) {
        self.caller = caller
        self.call = call
    }

    /// Refuses what the caller may not do.
    ///
    /// - Throws: `ServingError` of kind `forbidden`.
    mutating func require(_ permission: Permission, on subject: Subject) throws(ServingError) {
        if case .model(let name) = subject { model = name }
        try caller.require(permission, on: subject)
    }

    /// Of the models served those on which the caller has a permission.
    func allowed(_ permission: Permission, among models: [ServedModel]) -> [ServedModel] {
        models.filter { caller.may(permission, on: $0.name) }
    }
}
