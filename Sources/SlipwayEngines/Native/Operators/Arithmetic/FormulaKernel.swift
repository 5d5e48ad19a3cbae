import Foundation
import SlipwayModel

/// A function of one float given as a formula, computed in double precision and rounded once.
struct FormulaKernel: UnaryKernel {
    typealias Formula = @Sendable (Double) -> Double

    let formula: Formula

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        switch input.elements {
        case .float32(let array): return Tensor(array.map { Float(formula(Double($0))) }, shape: input.shape)
        case .float64(let array): return Tensor(array.map(formula), shape: input.shape)
        default: throw KernelProblem(.failed, "the function has no value for \(input.elementType)")
        }
    }
}

extension OperatorCatalog {
    /// Functions of one float: each a row with its name, the operator set that it came with, and its formula.
    static let formulas: [Entry] =
        [
            plain("Sin") { sin($0) },
            plain("Cos") { cos($0) },
            plain("Tan") { tan($0) },
            plain("Asin") { asin($0) },
            plain("Acos") { acos($0) },
            plain("Atan") { atan($0) },
            plain("Sinh", since: 9) { sinh($0) },
            plain("Cosh", since: 9) { cosh($0) },
            plain("Asinh", since: 9) { asinh($0) },
            plain("Acosh", since: 9) { acosh($0) },
            plain("Atanh", since: 9) { atanh($0) },
            plain("Softsign", since: 1) { $0 / (1 + abs($0)) },
            plain("HardSwish", since: 14) { $0 * clamp($0 / 6 + 0.5) },
            plain("Mish", since: 18) { $0 * tanh(log1p(exp($0))) },
        ] + withParameters

    private static let withParameters: [Entry] = [
        row("HardSigmoid", since: 6) { context throws(KernelProblem) in
            let (alpha, beta) = (try context.double("alpha", 0.2), try context.double("beta", 0.5))
            return { clamp(alpha * $0 + beta) }
        },
        row("Selu", since: 6) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1.67326319217681884765625)
            let gamma = try context.double("gamma", 1.05070102214813232421875)
            // Of -0 it is 0, as in ONNX Runtime: a sum with 0 has no negative sign.
            return { gamma * (max($0, 0) + ($0 > 0 ? 0 : alpha * expm1($0))) }
        },
        row("Celu", since: 12) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1)
            return { value in
                let curve = alpha * expm1(value / alpha)
                return (value > 0 ? value : 0) + (curve > 0 ? 0 : curve)
            }
        },
        row("ThresholdedRelu", since: 10) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1)
            return { $0 > alpha ? $0 : 0 }
        },
        row("Shrink", since: 9) { context throws(KernelProblem) in
            let (bias, limit) = (try context.double("bias", 0), try context.double("lambd", 0.5))
            return { $0 < -limit ? $0 + bias : ($0 > limit ? $0 - bias : 0) }
        },
        row("Swish", since: 24) { context throws(KernelProblem) in
            let alpha = try context.double("alpha", 1)
            return { $0 / (1 + exp(-alpha * $0)) }
        },
        row("Gelu", since: 20) { context throws(KernelProblem) in
            switch try context.string("approximate") ?? "none" {
            case "none": return { 0.5 * $0 * (1 + erf($0 / 2.0.squareRoot())) }
            case "tanh": return { 0.5 * $0 * (1 + tanh((2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0))) }
            default: throw KernelProblem(.invalid, "attribute 'approximate' is neither none nor tanh")
            }
        },
    ]

    /// A value cut to what lies between 0 and 1; NaN stays itself.
    private static func clamp(_ value: Double) -> Double { value < 0 ? 0 : (value > 1 ? 1 : value) }

    private static func plain(_ name: String, since: Int = 7, _ formula: @escaping FormulaKernel.Formula) -> Entry {
        Entry(.standard, name, since: since) { _ in FormulaKernel(formula: formula) }
    }

    private static func row(
        _ name: String, since: Int = 7,
        _ formula: @escaping @Sendable (NodeContext) throws(KernelProblem) -> FormulaKernel.Formula
    ) -> Entry {
        Entry(.standard, name, since: since) { context throws(KernelProblem) in
            FormulaKernel(formula: try formula(context))
        }
    }
}

extension NodeContext {
    /// A float attribute as a double, with a default.
    fileprivate func double(_ name: String, _ standard: Double) throws(KernelProblem) -> Double {
        try float(name).map { Double($0) } ?? standard
    }
}
