import HTTPTypes

/// Knows which methods each path takes, so that a wrong method is told from a wrong path.
struct RouteIndex: Sendable {
    private struct Entry {
        var parts: [Substring]
        var method: String
        /// What follows the last part's parameter, such as `:predict`.
        var verb: Substring

        func matches(_ path: [Substring]) -> Bool {
            parts.count == path.count && zip(parts, path).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
                && path.last?.hasSuffix(verb) ?? true
        }
    }

    private let entries: [Entry]

    /// Indexes routes written as `/models/{model}/predict` or `/v1/models/{model}:predict`.
    init(_ routes: [(path: String, method: HTTPRequest.Method)]) {
        entries = routes.flatMap { route in
            let parts = route.path.split(separator: "/")
            let verb = parts.last.flatMap { part in part.lastIndex(of: "}").map { part[part.index(after: $0)...] } }
            // Where there is GET, the router answers HEAD as well.
            let methods = route.method == .get ? [route.method, .head] : [route.method]
            return methods.map { Entry(parts: parts, method: $0.rawValue, verb: verb ?? "") }
        }
    }

    /// The methods that a path takes, sorted; empty for a path that is none of the routes.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        let matching = entries.filter { $0.matches(parts) }
        let verb = matching.map(\.verb).max { $0.count < $1.count } ?? ""
        return matching.filter { $0.verb == verb }.map(\.method).sorted()
    }
}
