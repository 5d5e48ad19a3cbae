import SlipwayModel

/// The functions of one number, applied to each element.
struct FunctionKernel: UnaryKernel {
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
        case .float32(let array): return Tensor(vectorized(array) ?? mapped(array), shape: input.shape)
        case .float64(let array): return Tensor(mapped(array), shape: input.shape)
        case .int32(let array): return Tensor(try mapped(array), shape: input.shape)
        case .int64(let array): return Tensor(try mapped(array), shape: input.shape)
        case .bool, .string: throw KernelProblem(.failed, "the function has no value for \(input.elementType)")
        }
    }

    /// The functions that are computed for several elements at once.
    private func vectorized(_ array: [Float]) -> [Float]? {
        switch function {
        case .exponential: return VectorMath.applied(to: array, VectorMath.exponential)
        case .logarithm: return VectorMath.applied(to: array, VectorMath.logarithm)
        case .sigmoid: return VectorMath.applied(to: array, VectorMath.sigmoid)
        case .hyperbolicTangent: return VectorMath.applied(to: array, VectorMath.hyperbolicTangent)
        case .errorFunction: return VectorMath.applied(to: array, VectorMath.errorFunction)
        case .exponentialLinear:
            let alpha = alpha
            return VectorMath.applied(to: array) { x in
                x.replacing(with: (VectorMath.exponential(x) - 1) * alpha, where: x .< VectorMath.Eight())
            }
        case .softplus:
            return VectorMath.applied(to: array) { x in
                let isPositive = x .> VectorMath.Eight()
                let curve = VectorMath.logarithm(1 + VectorMath.exponential(x.replacing(with: -x, where: isPositive)))
                return curve.replacing(with: x + curve, where: isPositive)
            }
        default: return nil
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
