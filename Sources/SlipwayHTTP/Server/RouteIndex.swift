import HTTPTypes

/// Knows which methods each path takes, so that a wrong method is told from a wrong path.
struct RouteIndex: Sendable {
    private let routes: [(parts: [Substring], method: String)]

    /// Indexes routes written as `/models/{model}/predict`.
    init(_ routes: [(path: String, method: HTTPRequest.Method)]) {
        self.routes = routes.flatMap { route in
            // Where there is GET, the router answers HEAD as well.
            let methods = route.method == .get ? [route.method, .head] : [route.method]
            return methods.map { (route.path.split(separator: "/"), $0.rawValue) }
        }
    }

    /// The methods that a path takes, sorted; empty for a path that is none of the routes.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        return routes.filter { route in
            route.parts.count == parts.count
                && zip(route.parts, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }.map(\.method).sorted()
    }
}
