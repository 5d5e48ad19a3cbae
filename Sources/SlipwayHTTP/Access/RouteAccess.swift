import HTTPTypes
import SlipwayAccess

/// What each route asks of its callers; one that is not listed is for administrators alone.
enum RouteAccess: Equatable {
    /// Anybody may call, with nothing proved: what load balancers ask.
    case open
    /// The caller needs a permission on the model that the path names.
    case onModel(Permission)
    /// The caller needs a permission on one model at least; the route narrows what it shows or does.
    case onAnyModel(Permission)
    /// The caller needs a permission on the server as a whole.
    case onServer(Permission)

    /// By the method, and by the path as the route is written.
    private static let table: [HTTPRequest.Method: [String: RouteAccess]] = [
        .get: [
            "/health/live": .open,
            "/health/ready": .open,
            "/v2/health/live": .open,
            "/v2/health/ready": .open,
            "/models/{model}/predict": .onModel(.predict),
            "/v2/models/{model}/ready": .onModel(.predict),
            "/v2/models/{model}/versions/{version}/ready": .onModel(.predict),
            "/models/{model}": .onModel(.view),
            "/models/{model}/challenger": .onModel(.view),
            "/v2/models/{model}": .onModel(.view),
            "/v2/models/{model}/versions/{version}": .onModel(.view),
            "/models": .onAnyModel(.view),
            "/openapi.json": .onAnyModel(.view),
            "/v2": .onAnyModel(.view),
            "/metrics": .onServer(.view),
            "/v2/models": .onAnyModel(.view),
            "/v2/models/stats": .onAnyModel(.view),
            "/v2/models/{model}/stats": .onModel(.view),
            "/v2/models/{model}/versions/{version}/stats": .onModel(.view),
            "/docs": .open,
            "/docs/assets/{file}": .open,
            "/docs/models/{model}": .onModel(.view),
            "/ping": .open,
            "/health": .open,
            "/version": .onAnyModel(.predict),
            "/v1/models/{model}": .onModel(.predict),
            "/v1/models/{model}/versions/{version}": .onModel(.predict),
            "/v1/models/{model}/metadata": .onModel(.view),
        ],
        .post: [
            "/models/{model}/predict": .onModel(.predict),
            "/models/{model}/feedback": .onModel(.feedBack),
            "/v2/models/{model}/infer": .onModel(.predict),
            "/v2/models/{model}/versions/{version}/infer": .onModel(.predict),
            "/v2/repository/index": .onAnyModel(.view),
            "/v2/repository/models/{model}/load": .onModel(.operate),
            "/v2/repository/models/{model}/unload": .onModel(.operate),
            "/invocations": .onAnyModel(.predict),
            "/models/{model}/invocations": .onModel(.predict),
            "/v1/models/{model}": .onModel(.predict),
            "/v1/models/{model}/versions/{version}": .onModel(.predict),
        ],
    ]

    /// Finds what a route asks.
    ///
    /// - Parameters:
    ///   - method: The method; HEAD asks what GET does.
    ///   - path: The path as the route is written, `/models/{model}/predict`.
    static func needed(for method: HTTPRequest.Method, at path: String) -> RouteAccess {
        table[method == .head ? .get : method]?[path] ?? .onServer(.administer)
    }

    /// Whether a route is listed, so that a new one is not forgotten.
    static func lists(_ method: HTTPRequest.Method, at path: String) -> Bool {
        needed(for: method, at: path) != .onServer(.administer)
    }
}
