import Foundation
public import Hummingbird
import SlipwayAccess
import SlipwayServing

/// What travels with a request through the routes.
public struct ServingContext: RequestContext {
    /// What every context carries.
    public var coreContext: CoreRequestContextStorage
    /// The id by which logs name the request.
    var requestID = RequestID.next()
    /// The trace that the request belongs to; `nil` when its caller is not traced.
    var trace: TraceContext?
    /// Who calls; known to what stands behind the gatekeeper.
    var caller = Principal.anyone
    /// Until when the request is worth answering; known to what stands behind the gatekeeper.
    var deadline: ContinuousClock.Instant?
    /// What the body may hold: nothing, before the gatekeeper let the request in.
    var allowance = BodyAllowance.none

    /// Starts a context for a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }

    /// The model that the path names, with its escapes undone; `nil` where the route names none.
    var modelName: String? { parameter("model") }

    /// What the path has in a place, with its escapes undone; `nil` where the route has no such place.
    func parameter(_ place: String) -> String? {
        guard let text = parameters.get(place), text.utf8.contains(UInt8(ascii: "%")) else {
            return parameters.get(place)
        }
        return text.removingPercentEncoding ?? text
    }

    /// The model that the path names, without a verb behind it, as in `churn:predict`: no name has a colon.
    var plainModelName: String? {
        guard let name = modelName, let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")) else { return modelName }
        return String(name[..<colon])
    }

    /// Of the models served those on which the caller has a permission.
    func allowed(_ permission: Permission, among models: [ServedModel]) -> [ServedModel] {
        models.filter { caller.may(permission, on: $0.name) }
    }

    /// The call of the service that a request of this context makes.
    func call(_ face: Call.Face) -> Call {
        var call = Call(face, requestID: requestID, deadline: deadline, caller: caller.label)
        call.trace = trace
        return call
    }
}
