import HTTPTypes
import Hummingbird
import SlipwayAccess
import SlipwayServing

/// Lets requests in: who calls is found out from the headers, and what may be done from the route.
struct Admission {
    let gatekeeper: Gatekeeper

    /// Finds out who calls, and refuses what the caller may not do.
    ///
    /// Nothing of the request is looked up before, so that who has no key learns nothing but that. What no route
    /// answers asks for a key as well.
    ///
    /// - Parameter need: What the route asks; `nil` where there is no route.
    /// - Throws: ``ServingError`` of kind `unauthenticated`, `rateLimited`, or `forbidden`.
    func admit(
        _ request: Request, _ context: ServingContext, _ need: RouteAccess?
    ) async throws(ServingError) -> Principal {
        if need == .open { return .anyone }
        let caller = try await gatekeeper.admit(
            authorization: request.headers[.authorization], apiKey: Self.apiKey(in: request.headers))
        switch need {
        case nil, .open: break
        case .onModel(let permission):
            try caller.require(permission, on: .model(context.plainModelName ?? ""))
        case .onAnyModel(let permission): try caller.require(permission, on: .anyModel)
        case .onServer(let permission): try caller.require(permission, on: .server)
        }
        return caller
    }

    /// Says with 401 and 403 what the server asks for (RFC 6750, 3).
    func addChallenge(to response: inout Response, of error: ServingError, for request: Request) {
        switch error.kind {
        case .unauthenticated:
            let wasSent = request.headers[.authorization] != nil || Self.apiKey(in: request.headers) != nil
            response.headers[.wwwAuthenticate] = Self.challenge + (wasSent ? ", error=\"invalid_token\"" : "")
        case .forbidden: response.headers[.wwwAuthenticate] = Self.challenge + ", error=\"insufficient_scope\""
        default: break
        }
    }

    private static let challenge = "Bearer realm=\"slipway\""
    private static let apiKeyName = "x-api-key"

    /// The value of `X-API-Key`; several are joined, as those of `Authorization` are, and then no key.
    private static func apiKey(in headers: HTTPFields) -> String? {
        let values = headers.lazy.filter { $0.name.canonicalName == apiKeyName }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
