/// Whether an engine can run a graph.
public enum EngineSupport: Equatable, Sendable {
    /// The engine runs the graph.
    case supported
    /// The engine declines, for reasons that name nodes or the missing library.
    case unsupported(reasons: [String])

    /// Whether the engine runs the graph.
    public var isSupported: Bool { self == .supported }
}
