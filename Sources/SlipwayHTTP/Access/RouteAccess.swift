import SlipwayAccess

/// What a route asks of its callers.
enum RouteAccess: Sendable, Equatable {
    /// Anybody may call, with nothing proved: what load balancers ask, and pages that show nothing of the project.
    case open
    /// The caller needs a permission on the model that the path names.
    case onModel(Permission)
    /// The caller needs a permission on one model at least; the route narrows what it shows or does.
    case onAnyModel(Permission)
    /// The caller needs a permission on the server as a whole.
    case onServer(Permission)
}
