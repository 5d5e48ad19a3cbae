import SlipwayModel

/// What goes wrong inside one node, before the plan adds the node's name.
struct KernelProblem: Error, Equatable {
    /// The kinds of problems, each with its place in ``ModelError``.
    enum Kind: Equatable {
        /// An attribute breaks the operator's contract.
        case invalid
        /// The operator, its version or one of its options is not covered.
        case unsupported
        /// The values at hand cannot be computed.
        case failed
        /// A result would be larger than ``NativeLimits`` allows.
        case tooLarge
    }

    var kind: Kind
    var message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The problem as the caller of the engine sees it.
    func modelError(at node: Node) -> ModelError {
        let message = "node '\(node.name)' (\(node.qualifiedOperator)): \(message)"
        switch kind {
        case .invalid: return ModelError(.invalidGraph, message)
        case .unsupported: return ModelError(.unsupportedModel, message, hint: "Run this model with ONNX Runtime.")
        case .failed: return ModelError(.inferenceFailed, message)
        case .tooLarge: return ModelError(.limitExceeded, message)
        }
    }
}
