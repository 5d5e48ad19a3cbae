import SlipwayModel

/// `Add`, `Sub`, `Mul`, `Div`, `Mod` and `Pow` with broadcasting.
final class ArithmeticKernel: SingleKernel {
    enum Operation: String, CaseIterable, Sendable {
        case add = "Add"
        case subtract = "Sub"
        case multiply = "Mul"
        case divide = "Div"
        case modulo = "Mod"
        case power = "Pow"
    }

    let operation: Operation
    /// Whether `Mod` gives the remainder the sign of the dividend (C) instead of the divisor (Python).
    private let isDividendSigned: Bool

    init(_ operation: Operation, _ context: NodeContext) throws(KernelProblem) {
        self.operation = operation
        isDividendSigned = operation == .modulo ? try context.integer("fmod", default: 0) != 0 : false
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let left = try inputs.tensor(0)
        let right = try inputs.tensor(1)
        let broadcast = try Broadcast(left.shape, right.shape)
        if operation == .power { return try power(left, right, broadcast) }
        switch left.elements {
        case .float32(let array): return try combine(array, right, broadcast)
        case .float64(let array): return try combine(array, right, broadcast)
        case .int32(let array): return try combine(array, right, broadcast)
        case .int64(let array): return try combine(array, right, broadcast)
        case .bool, .string: throw KernelProblem(.failed, "\(left.elementType) has no arithmetic")
        }
    }

    private func combine<Scalar: NumericScalar>(
        _ left: [Scalar], _ right: Tensor, _ broadcast: Broadcast
    ) throws(KernelProblem) -> Tensor {
        let divisors = try right.array(of: Scalar.self)
        let divides = operation == .divide || operation == .modulo
        if Scalar.isWhole, divides, divisors.contains(where: { $0.asDouble == 0 }) {
            throw KernelProblem(.failed, "a whole number is divided by zero")
        }
        let result: [Scalar]
        switch operation {
        case .add: result = broadcast.combine(left, divisors, Scalar.sum)
        case .subtract: result = broadcast.combine(left, divisors, Scalar.difference)
        case .multiply: result = broadcast.combine(left, divisors, Scalar.product)
        case .divide: result = broadcast.combine(left, divisors, Scalar.quotient)
        case .modulo where isDividendSigned: result = broadcast.combine(left, divisors, Scalar.remainder)
        case .modulo, .power: result = broadcast.combine(left, divisors, Self.modulo)
        }
        return Tensor(result, shape: broadcast.shape)
    }

    private static func modulo<Scalar: NumericScalar>(_ left: Scalar, _ right: Scalar) -> Scalar {
        let remainder = Scalar.remainder(left, right)
        let hasOtherSign = (remainder.asDouble < 0) != (right.asDouble < 0)
        return remainder.asDouble != 0 && hasOtherSign ? Scalar.sum(remainder, right) : remainder
    }

    /// The exponent may be of another type; the result has the type of the base.
    private func power(_ base: Tensor, _ exponent: Tensor, _ broadcast: Broadcast) throws(KernelProblem) -> Tensor {
        let exponents = try exponent.numbers(as: Double.self)
        let shape = broadcast.shape
        if exponents == [2], shape == base.shape {
            switch base.elements {
            case .float32(let array): return Tensor(array.transformed { $0 * $0 }, shape: shape)
            case .float64(let array): return Tensor(array.transformed { $0 * $0 }, shape: shape)
            default: break
            }
        }
        switch base.elements {
        case .float32(let array): return Tensor(broadcast.combine(array, exponents, Float.power), shape: shape)
        case .float64(let array): return Tensor(broadcast.combine(array, exponents, Double.power), shape: shape)
        case .int32(let array): return Tensor(broadcast.combine(array, exponents, Int32.power), shape: shape)
        case .int64(let array): return Tensor(broadcast.combine(array, exponents, Int64.power), shape: shape)
        case .bool, .string: throw KernelProblem(.failed, "\(base.elementType) has no powers")
        }
    }
}
