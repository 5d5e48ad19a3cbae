import Foundation
import SlipwayModel

/// A function that only floats have, in the precision of the input.
final class FloatFunctionKernel: UnaryKernel {
    /// The function of every element of an array; one array per precision, so that each loop knows its formula.
    typealias Formula<Scalar> = @Sendable ([Scalar]) -> [Scalar]

    let single: Formula<Float>
    let double: Formula<Double>

    init(single: @escaping Formula<Float>, double: @escaping Formula<Double>) {
        (self.single, self.double) = (single, double)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        switch input.elements {
        case .float32(let array): return Tensor(single(array), shape: input.shape)
        case .float64(let array): return Tensor(double(array), shape: input.shape)
        default: throw KernelProblem(.failed, "the function has no value for \(input.elementType)")
        }
    }
}

extension OperatorCatalog {
    /// Functions of one float: each a row with its name, the operator set that it came with, and its formula.
    static let formulas: [Entry] =
        [
            plain("Sin", { $0.transformed { sin($0) } }, { $0.transformed { sin($0) } }),
            plain("Cos", { $0.transformed { cos($0) } }, { $0.transformed { cos($0) } }),
            plain("Tan", { $0.transformed { tan($0) } }, { $0.transformed { tan($0) } }),
            plain("Asin", { $0.transformed { asin($0) } }, { $0.transformed { asin($0) } }),
            plain("Acos", { $0.transformed { acos($0) } }, { $0.transformed { acos($0) } }),
            plain("Atan", { $0.transformed { atan($0) } }, { $0.transformed { atan($0) } }),
            plain("Sinh", since: 9, { $0.transformed { sinh($0) } }, { $0.transformed { sinh($0) } }),
            plain("Cosh", since: 9, { $0.transformed { cosh($0) } }, { $0.transformed { cosh($0) } }),
            plain("Asinh", since: 9, { $0.transformed { asinh($0) } }, { $0.transformed { asinh($0) } }),
            plain("Acosh", since: 9, { $0.transformed { acosh($0) } }, { $0.transformed { acosh($0) } }),
            plain("Atanh", since: 9, { $0.transformed { atanh($0) } }, { $0.transformed { atanh($0) } }),
            plain("Softsign", since: 1, softsign, softsign),
            plain("HardSwish", since: 14, hardSwish, hardSwish),
            plain("Mish", since: 18, { VectorMath.applied(.mish, to: $0) }) {
                $0.transformed { $0 * tanh(log1p(exp($0))) }
            },
        ] + withParameters

    private static let withParameters: [Entry] = [
        row("HardSigmoid", since: 6) { context throws(KernelProblem) in
            let (alpha, beta) = (try context.double("alpha", 0.2), try context.double("beta", 0.5))
            return FloatFunctionKernel(
                single: { $0.transformed { Float(clamp(alpha * Double($0) + beta)) } },
                double: { $0.transformed { clamp(alpha * $0 + beta) } })
        },
        row("Selu", since: 6) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1.67326319217681884765625)
            let gamma = try context.double("gamma", 1.05070102214813232421875)
            return linear(alpha: alpha, divisor: 1, scale: gamma)
        },
        row("Celu", since: 12) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1)
            return linear(alpha: alpha, divisor: alpha, scale: 1)
        },
        row("ThresholdedRelu", since: 10) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1)
            return FloatFunctionKernel(
                single: { $0.transformed { Double($0) > alpha ? $0 : 0 } },
                double: { $0.transformed { $0 > alpha ? $0 : 0 } })
        },
        row("Shrink", since: 9) { context throws(KernelProblem) in
            let (bias, limit) = (try context.double("bias", 0), try context.double("lambd", 0.5))
            @Sendable func shrunk(_ value: Double) -> Double {
                value < -limit ? value + bias : (value > limit ? value - bias : 0)
            }
            return FloatFunctionKernel(
                single: { $0.transformed { Float(shrunk(Double($0))) } }, double: { $0.transformed { shrunk($0) } })
        },
        row("Swish", since: 24) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1)
            return FloatFunctionKernel(
                single: { VectorMath.applied(.swish(alpha: Float(alpha)), to: $0) },
                double: { $0.transformed { $0 / (1 + exp(-alpha * $0)) } })
        },
        row("Gelu", since: 20) { context throws(KernelProblem) in
            switch try context.string("approximate") ?? "none" {
            case "none":
                return FloatFunctionKernel(
                    single: { VectorMath.applied(.gelu, to: $0) },
                    double: { $0.transformed { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) } })
            case "tanh":
                let factor = (2 / Double.pi).squareRoot()
                return FloatFunctionKernel(
                    single: { VectorMath.applied(.approximateGelu, to: $0) },
                    double: { $0.transformed { 0.5 * $0 * (1 + tanh(factor * ($0 + 0.044715 * $0 * $0 * $0))) } })
            default: throw KernelProblem(.invalid, "attribute 'approximate' is neither none nor tanh")
            }
        },
    ]

    private static func softsign<Scalar: FloatScalar>(_ array: [Scalar]) -> [Scalar] {
        array.transformed { $0 / (1 + $0.magnitude) }
    }

    private static func hardSwish<Scalar: FloatScalar>(_ array: [Scalar]) -> [Scalar] {
        array.transformed { $0 * clamp($0 / 6 + 0.5) }
    }

    /// A number above zero as it is, one below as an exponential less 1, both times a scale.
    ///
    /// Of -0 it is 0, as in ONNX Runtime: a sum with 0 has no negative sign.
    private static func linear(alpha: Double, divisor: Double, scale: Double) -> FloatFunctionKernel {
        let function = VectorMath.Function.exponentialLinear(
            alpha: Float(alpha), divisor: Float(divisor), scale: Float(scale))
        return FloatFunctionKernel(
            single: { VectorMath.applied(function, to: $0).transformed { $0 + 0 } },
            double: { $0.transformed { scale * ($0 < 0 ? alpha * expm1($0 / divisor) : $0) + 0 } })
    }

    /// A value cut to what lies between 0 and 1; NaN stays itself.
    @inline(__always)
    private static func clamp<Scalar: FloatScalar>(_ value: Scalar) -> Scalar {
        value < 0 ? 0 : (value > 1 ? 1 : value)
    }

    private static func plain(
        _ name: String, since: Int = 7, _ single: @escaping FloatFunctionKernel.Formula<Float>,
        _ double: @escaping FloatFunctionKernel.Formula<Double>
    ) -> Entry {
        Entry(.standard, name, since: since) { _ in FloatFunctionKernel(single: single, double: double) }
    }

    private static func row(
        _ name: String, since: Int,
        _ make: @escaping @Sendable (NodeContext) throws(KernelProblem) -> FloatFunctionKernel
    ) -> Entry {
        Entry(.standard, name, since: since) { context throws(KernelProblem) in try make(context) }
    }
}

extension NodeContext {
    /// A float attribute as a double, with a default.
    fileprivate func double(_ name: String, _ standard: Double) throws(KernelProblem) -> Double {
        try float(name).map { Double($0) } ?? standard
    }
}
