public import Hummingbird

/// What travels with a request through the routes.
public struct ServingContext: RequestContext {
    /// What every context carries.
    public var coreContext: CoreRequestContextStorage

    /// Starts a context for a request.
    public init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
