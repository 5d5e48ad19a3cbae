import SlipwayModel

/// One node made ready to run: attributes read, checked, and kept in the form that the inner loop wants.
///
/// Kernels are classes, so that a run holds one reference and does not copy, and count, all that a kernel is made of.
///
/// ## Contract for implementers
/// - The initialiser does everything that depends on attributes only, and refuses what cannot work.
/// - ``run(_:)`` keeps no state, never traps on any input, and gives one tensor per output the operator defines.
protocol Kernel: AnyObject, Sendable {
    /// Computes the outputs of the node.
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor]
}

/// A kernel that writes one tensor.
protocol SingleKernel: Kernel {
    /// Computes the output of the node.
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor
}

extension SingleKernel {
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        [try value(of: inputs)]
    }
}

/// A kernel that reads one tensor and writes one.
protocol UnaryKernel: SingleKernel {
    /// Computes the output of the node.
    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor
}

extension UnaryKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        try apply(inputs.tensor(0))
    }
}
