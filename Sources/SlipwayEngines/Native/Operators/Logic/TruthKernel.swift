import SlipwayModel

/// `And`, `Or` and `Xor` with broadcasting.
final class TruthKernel: SingleKernel {
    enum Operation: String, CaseIterable, Sendable {
        case and = "And"
        case or = "Or"
        case exclusiveOr = "Xor"
    }

    let operation: Operation

    init(_ operation: Operation) { self.operation = operation }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let left = try inputs.tensor(0)
        let right = try inputs.tensor(1)
        let broadcast = try Broadcast(left.shape, right.shape)
        let a = try left.array(of: Bool.self)
        let b = try right.array(of: Bool.self)
        switch operation {
        case .and: return Tensor(broadcast.combine(a, b) { $0 && $1 }, shape: broadcast.shape)
        case .or: return Tensor(broadcast.combine(a, b) { $0 || $1 }, shape: broadcast.shape)
        case .exclusiveOr: return Tensor(broadcast.combine(a, b) { $0 != $1 }, shape: broadcast.shape)
        }
    }
}
