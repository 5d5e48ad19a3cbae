import SlipwayModel

/// `Trilu`: the upper or lower triangle of matrices, zeros elsewhere.
final class TriangleKernel: Kernel {
    private let keepsUpper: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        keepsUpper = try context.integer("upper", default: 1) != 0
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        guard input.shape.count >= 2 else { throw KernelProblem(.failed, "shape \(input.shape) is no matrix") }
        let diagonal = try inputs.integers(1)?.first ?? 0
        let (rows, columns) = (input.shape[input.shape.count - 2], input.shape[input.shape.count - 1])
        // Beyond the corners all diagonals are alike, and none overflows.
        let bound = max(-rows, min(columns, diagonal))
        let isKept = (0..<input.count).map { place in
            let distance = place % columns - place / columns % rows
            return keepsUpper ? distance >= bound : distance <= bound
        }
        func cut<Scalar: TensorScalar>(_ array: [Scalar], _ zero: Scalar) -> [Tensor] {
            [Tensor(zip(array, isKept).map { $1 ? $0 : zero }, shape: input.shape)]
        }
        switch input.elements {
        case .float32(let array): return cut(array, 0)
        case .float64(let array): return cut(array, 0)
        case .int32(let array): return cut(array, 0)
        case .int64(let array): return cut(array, 0)
        case .bool(let array): return cut(array, false)
        case .string: throw KernelProblem(.failed, "text has no zero")
        }
    }
}
