import Foundation
import SlipwayModel

/// The `Reduce…` operators: the elements along some axes folded to one.
///
/// Axes are an attribute or, since operator set 13 (`ReduceSum`) and 18 (the others), an input. Floats are summed in
/// double precision.
struct ReduceKernel: Kernel {
    enum Operation: String, CaseIterable, Sendable {
        case sum = "ReduceSum"
        case mean = "ReduceMean"
        case maximum = "ReduceMax"
        case minimum = "ReduceMin"
        case product = "ReduceProd"
        case sumOfSquares = "ReduceSumSquare"
        case absoluteSum = "ReduceL1"
        case euclideanNorm = "ReduceL2"
        case logarithmOfSum = "ReduceLogSum"
        case logarithmOfExponentialSum = "ReduceLogSumExp"
    }

    let operation: Operation
    private let axes: [Int]?
    private let keepsDimensions: Bool
    private let ignoresEmptyAxes: Bool

    init(_ operation: Operation, _ context: NodeContext) throws(KernelProblem) {
        self.operation = operation
        axes = try context.integers("axes")
        keepsDimensions = try context.integer("keepdims", default: 1) != 0
        ignoresEmptyAxes = try context.integer("noop_with_empty_axes", default: 0) != 0
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let given = try inputs.integers(1) ?? axes ?? []
        if given.isEmpty && ignoresEmptyAxes { return [input] }
        let rank = input.shape.count
        let axes = given.isEmpty ? Array(0..<rank) : try Shape.axes(given, limit: rank)
        let groups = Groups(input.shape, axes: axes)
        let shape = keepsDimensions ? groups.keptShape : groups.reducedShape
        switch input.elements {
        case .float32(let array): return [Tensor(try fold(array, groups), shape: shape)]
        case .float64(let array): return [Tensor(try fold(array, groups), shape: shape)]
        case .int32(let array): return [Tensor(try fold(array, groups), shape: shape)]
        case .int64(let array): return [Tensor(try fold(array, groups), shape: shape)]
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) cannot be reduced")
        }
    }

    private func fold<Scalar: NumericScalar>(_ array: [Scalar], _ groups: Groups) throws(KernelProblem) -> [Scalar] {
        let inner = groups.innerOffsets
        if inner.isEmpty, operation == .maximum || operation == .minimum {
            return [Scalar](repeating: extremeOfNothing(), count: groups.outerCount)
        }
        return groups.outerOffsets.map { base in
            switch operation {
            case .maximum: return extreme(array, base, inner) { $0 > $1 }
            case .minimum: return extreme(array, base, inner) { $0 < $1 }
            case .sum where Scalar.isWhole:
                return inner.reduce(Scalar(rounding: 0)) { Scalar.sum($0, array[base + $1]) }
            case .product where Scalar.isWhole:
                return inner.reduce(Scalar(rounding: 1)) { Scalar.product($0, array[base + $1]) }
            default: return Scalar(rounding: value(array, base, inner))
            }
        }
    }

    private func value<Scalar: NumericScalar>(_ array: [Scalar], _ base: Int, _ inner: [Int]) -> Double {
        func total(_ term: (Double) -> Double) -> Double { inner.reduce(0) { $0 + term(array[base + $1].asDouble) } }
        switch operation {
        case .sum: return total { $0 }
        case .mean: return total { $0 } / Double(inner.count)
        case .product: return inner.reduce(1) { $0 * array[base + $1].asDouble }
        case .sumOfSquares: return total { $0 * $0 }
        case .absoluteSum: return total { abs($0) }
        case .euclideanNorm: return total { $0 * $0 }.squareRoot()
        case .logarithmOfSum: return log(total { $0 })
        case .logarithmOfExponentialSum:
            let highest = inner.reduce(-Double.infinity) { max($0, array[base + $1].asDouble) }
            guard highest.isFinite else { return log(total { exp($0) }) }
            return highest + log(total { exp($0 - highest) })
        case .maximum, .minimum: return .nan
        }
    }

    /// The extreme of no elements, which any element would replace.
    private func extremeOfNothing<Scalar: NumericScalar>() -> Scalar {
        let range = Scalar.finiteRange
        if Scalar.isWhole { return operation == .maximum ? range.lowerBound : range.upperBound }
        return Scalar(rounding: operation == .maximum ? -.infinity : .infinity)
    }

    /// The extreme of a group that is not empty; the first NaN wins.
    private func extreme<Scalar: NumericScalar>(
        _ array: [Scalar], _ base: Int, _ inner: [Int], _ isBetter: (Scalar, Scalar) -> Bool
    ) -> Scalar {
        var best = array[base + inner[0]]
        for offset in inner.dropFirst() where !best.isUndefined {
            let next = array[base + offset]
            if next.isUndefined || isBetter(next, best) { best = next }
        }
        return best
    }
}
