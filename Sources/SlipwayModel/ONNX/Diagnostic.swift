/// One finding about a model: a rule of the format that it breaks, or something that its owner should know.
public struct Diagnostic: Equatable, Sendable, CustomStringConvertible {
    /// How much a finding weighs.
    public enum Severity: String, Sendable {
        /// The model cannot become a graph.
        case error
        /// The model is sound, yet some engine may decline it.
        case warning
    }

    /// How much the finding weighs.
    public var severity: Severity
    /// The kind of error that the finding leads to.
    public var kind: ModelError.Code
    /// The node at fault, if one is.
    public var node: String?
    /// One sentence that names the node or value and the cause.
    public var message: String

    /// Makes a finding.
    public init(_ severity: Severity, _ kind: ModelError.Code, node: String? = nil, _ message: String) {
        self.severity = severity
        self.kind = kind
        self.node = node
        self.message = message
    }

    /// The severity and the message.
    public var description: String { "\(severity.rawValue): \(message)" }
}
