import SlipwayModel

/// The functions of one number, applied to each element.
final class FunctionKernel: UnaryKernel {
    enum Function: String, CaseIterable, Sendable {
        case negative = "Neg"
        case absolute = "Abs"
        case squareRoot = "Sqrt"
        case exponential = "Exp"
        case logarithm = "Log"
        case floor = "Floor"
        case ceiling = "Ceil"
        case round = "Round"
        case reciprocal = "Reciprocal"
        case sign = "Sign"
        case sigmoid = "Sigmoid"
        case rectified = "Relu"
        case leakyRectified = "LeakyRelu"
        case exponentialLinear = "Elu"
        case softplus = "Softplus"
        case hyperbolicTangent = "Tanh"
        case errorFunction = "Erf"
    }

    let function: Function
    /// The slope for negative values of `LeakyRelu`, the scale of `Elu`.
    private let alpha: Float

    init(_ function: Function, _ context: NodeContext) throws(KernelProblem) {
        self.function = function
        switch function {
        case .leakyRectified: alpha = try context.float("alpha", default: 0.01)
        case .exponentialLinear: alpha = try context.float("alpha", default: 1)
        default: alpha = 0
        }
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        switch input.elements {
        case .float32(let array):
            let result = vectorized.map { VectorMath.applied($0, to: array) } ?? mapped(array)
            return Tensor(result, shape: input.shape)
        case .float64(let array):
            let result = vectorized.flatMap { VectorMath.applied($0, to: array) } ?? mapped(array)
            return Tensor(result, shape: input.shape)
        case .int32(let array): return Tensor(try mapped(array), shape: input.shape)
        case .int64(let array): return Tensor(try mapped(array), shape: input.shape)
        case .bool, .string: throw KernelProblem(.failed, "the function has no value for \(input.elementType)")
        }
    }

    /// The function where whole arrays are computed, in single precision if not in both.
    var vectorized: VectorMath.Function? {
        switch function {
        case .exponential: .exponential
        case .logarithm: .logarithm
        case .sigmoid: .sigmoid
        case .hyperbolicTangent: .hyperbolicTangent
        case .errorFunction: .errorFunction
        case .exponentialLinear: .exponentialLinear(alpha: alpha)
        case .softplus: .softplus
        case .floor: .floor
        case .ceiling: .ceiling
        case .round: .round
        default: nil
        }
    }

    private func mapped<Scalar: FloatScalar>(_ array: [Scalar]) -> [Scalar] {
        let alpha = Scalar(alpha)
        switch function {
        case .negative: return array.transformed { -$0 }
        case .absolute: return array.transformed { $0.magnitude }
        case .squareRoot: return array.transformed { $0.squareRoot() }
        case .exponential: return array.transformed(Scalar.exponential)
        case .logarithm: return array.transformed(Scalar.logarithm)
        case .floor: return array.transformed { $0.rounded(.down) }
        case .ceiling: return array.transformed { $0.rounded(.up) }
        case .round: return array.transformed { $0.rounded(.toNearestOrEven) }
        case .reciprocal: return array.transformed { 1 / $0 }
        case .sign: return array.transformed { $0 > 0 ? 1 : ($0 < 0 ? -1 : $0.magnitude) }
        case .sigmoid: return array.transformed { 1 / (1 + Scalar.exponential(-$0)) }
        case .rectified: return array.transformed { $0 < 0 ? 0 : $0 }
        case .leakyRectified: return array.transformed { $0 < 0 ? alpha * $0 : $0 }
        case .exponentialLinear: return array.transformed { $0 < 0 ? alpha * (Scalar.exponential($0) - 1) : $0 }
        case .softplus:
            return array.transformed { max($0, 0) + Scalar.logarithm(1 + Scalar.exponential(-$0.magnitude)) }
        case .hyperbolicTangent: return array.transformed(Scalar.hyperbolicTangent)
        case .errorFunction: return array.transformed(Scalar.errorFunction)
        }
    }

    private func mapped<Scalar: WholeScalar>(_ array: [Scalar]) throws(KernelProblem) -> [Scalar] {
        switch function {
        case .negative: return array.transformed { 0 &- $0 }
        case .absolute: return array.transformed { $0 < 0 ? 0 &- $0 : $0 }
        case .sign: return array.transformed { $0.signum() }
        case .rectified: return array.transformed { max($0, 0) }
        default: throw KernelProblem(.failed, "the function has no value for whole numbers")
        }
    }
}
