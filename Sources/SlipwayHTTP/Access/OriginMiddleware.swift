import HTTPTypes
import Hummingbird

/// Lets scripts of named web pages read answers, as browsers ask for (Fetch Standard, 3.2: the CORS protocol).
///
/// A server without it answers no preflight and names no origin, so no page of another origin can call it with a key
/// or read what it says. Keys travel in headers and never in cookies, so `*` gives no page more than anybody has.
struct OriginMiddleware: RouterMiddleware {
    typealias Context = ServingContext

    /// How long a browser may keep the answer to a preflight, in seconds.
    static let preflightSeconds = 600

    let origins: [String]
    let routes: RouteIndex

    @concurrent
    func handle(
        _ request: Request, context: ServingContext,
        next: @concurrent (Request, ServingContext) async throws -> Response
    ) async throws -> Response {
        guard let origin = request.headers[.origin], origins.contains(origin) || origins.contains("*") else {
            return try await next(request, context)
        }
        var response: Response
        if request.method == .options, let method = request.headers[.accessControlRequestMethod] {
            response = Response(status: .noContent)
            let methods = routes.methods(at: request.uri.path)
            if methods.contains(method) {
                response.headers[.accessControlAllowMethods] = methods.joined(separator: ", ")
                response.headers[.accessControlAllowHeaders] =
                    "authorization, content-type, x-api-key, x-request-id, traceparent, tracestate"
                response.headers[.accessControlMaxAge] = String(Self.preflightSeconds)
            }
        } else {
            response = try await next(request, context)
            response.headers[.accessControlExposeHeaders] = "retry-after, www-authenticate, x-request-id, traceresponse"
        }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.vary] = "origin"
        return response
    }
}
