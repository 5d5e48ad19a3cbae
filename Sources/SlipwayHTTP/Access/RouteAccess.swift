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

    private static let table: [String: RouteAccess] = [
        "GET /health/live": .open,
        "GET /health/ready": .open,
        "GET /v2/health/live": .open,
        "GET /v2/health/ready": .open,

        "POST /models/{}/predict": .onModel(.predict),
        "GET /models/{}/predict": .onModel(.predict),
        "POST /models/{}/feedback": .onModel(.feedBack),
        "POST /v2/models/{}/infer": .onModel(.predict),
        "POST /v2/models/{}/versions/{}/infer": .onModel(.predict),
        "GET /v2/models/{}/ready": .onModel(.predict),
        "GET /v2/models/{}/versions/{}/ready": .onModel(.predict),

        "GET /models/{}": .onModel(.view),
        "GET /models/{}/challenger": .onModel(.view),
        "GET /v2/models/{}": .onModel(.view),
        "GET /v2/models/{}/versions/{}": .onModel(.view),
        "GET /models": .onAnyModel(.view),
        "GET /openapi.json": .onAnyModel(.view),
        "GET /v2": .onAnyModel(.view),
        "GET /metrics": .onServer(.view),

        "GET /v2/models": .onAnyModel(.view),
        "GET /v2/models/stats": .onAnyModel(.view),
        "GET /v2/models/{}/stats": .onModel(.view),
        "GET /v2/models/{}/versions/{}/stats": .onModel(.view),
        "POST /v2/repository/index": .onAnyModel(.view),
        "POST /v2/repository/models/{}/load": .onModel(.operate),
        "POST /v2/repository/models/{}/unload": .onModel(.operate),

        "GET /docs": .open,
        "GET /docs/assets/{}": .open,
        "GET /docs/models/{}": .onModel(.view),

        "GET /ping": .open,
        "GET /health": .open,
        "GET /version": .onAnyModel(.predict),
        "POST /invocations": .onAnyModel(.predict),
        "POST /models/{}/invocations": .onModel(.predict),

        "GET /v1/models/{}": .onModel(.predict),
        "GET /v1/models/{}/versions/{}": .onModel(.predict),
        "GET /v1/models/{}/metadata": .onModel(.view),
        "POST /v1/models/{}": .onModel(.predict),
        "POST /v1/models/{}/versions/{}": .onModel(.predict),
    ]

    /// Finds what a route asks.
    ///
    /// - Parameters:
    ///   - method: The method; HEAD asks what GET does.
    ///   - path: The path as the route is written, `/models/{model}/predict`.
    static func needed(for method: HTTPRequest.Method, at path: String) -> RouteAccess {
        let method = method == .head ? HTTPRequest.Method.get : method
        return table["\(method.rawValue) \(path.replacing(/{[^}]*}/, with: "{}"))"] ?? .onServer(.administer)
    }

    /// Whether a route is listed, so that a new one is not forgotten.
    static func lists(_ method: HTTPRequest.Method, at path: String) -> Bool {
        needed(for: method, at: path) != .onServer(.administer)
    }
}
