import Foundation
import SlipwayModel

/// The `Reduce…` operators: the elements along some axes folded to one.
///
/// Axes are an attribute or, since operator set 13 (`ReduceSum`) and 18 (the others), an input. Floats are summed in
/// double precision.
final class ReduceKernel: SingleKernel {
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
    let axes: [Int]?
    let keepsDimensions: Bool
    private let ignoresEmptyAxes: Bool

    init(_ operation: Operation, _ context: NodeContext) throws(KernelProblem) {
        self.operation = operation
        axes = try context.integers("axes")
        keepsDimensions = try context.integer("keepdims", default: 1) != 0
        ignoresEmptyAxes = try context.integer("noop_with_empty_axes", default: 0) != 0
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        let given = try inputs.integers(1) ?? axes ?? []
        if given.isEmpty && ignoresEmptyAxes { return input }
        let rank = input.shape.count
        let axes = given.isEmpty ? Array(0..<rank) : try Shape.axes(given, limit: rank)
        let groups = Groups(input.shape, axes: axes)
        let shape = keepsDimensions ? groups.keptShape : groups.reducedShape
        switch input.elements {
        case .float32(let array)
        where operation == .logarithmOfExponentialSum && groups.order == nil && groups.stride == 1:
            return Tensor(logarithmsOfExponentials(array, groups), shape: shape)
        case .float32(let array): return Tensor(try fold(array, groups), shape: shape)
        case .float64(let array): return Tensor(try fold(array, groups), shape: shape)
        case .int32(let array): return Tensor(try fold(array, groups), shape: shape)
        case .int64(let array): return Tensor(try fold(array, groups), shape: shape)
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) cannot be reduced")
        }
    }

    private func fold<Scalar: NumericScalar>(_ given: [Scalar], _ groups: Groups) throws(KernelProblem) -> [Scalar] {
        if groups.length == 0, operation == .maximum || operation == .minimum {
            return [Scalar](repeating: extremeOfNothing(), count: groups.count)
        }
        let array = groups.arranged(given)
        switch operation {
        case .maximum: return fold(array, groups) { extreme($0) { $0 > $1 } }
        case .minimum: return fold(array, groups) { extreme($0) { $0 < $1 } }
        case .sum where Scalar.isWhole: return fold(array, groups) { $0.reduce(Scalar(rounding: 0), Scalar.sum) }
        case .product where Scalar.isWhole:
            return fold(array, groups) { $0.reduce(Scalar(rounding: 1), Scalar.product) }
        case .sum: return fold(array, groups) { Scalar(rounding: total($0) { $0 }) }
        case .mean: return fold(array, groups) { Scalar(rounding: total($0) { $0 } / Double(groups.length)) }
        case .product: return fold(array, groups) { Scalar(rounding: $0.reduce(1) { $0 * $1.asDouble }) }
        case .sumOfSquares: return fold(array, groups) { Scalar(rounding: total($0) { $0 * $0 }) }
        case .absoluteSum: return fold(array, groups) { Scalar(rounding: total($0) { abs($0) }) }
        case .euclideanNorm: return fold(array, groups) { Scalar(rounding: total($0) { $0 * $0 }.squareRoot()) }
        case .logarithmOfSum: return fold(array, groups) { Scalar(rounding: log(total($0) { $0 })) }
        case .logarithmOfExponentialSum: return fold(array, groups) { Scalar(rounding: logarithmOfExponentials($0)) }
        }
    }

    @inline(__always)
    private func fold<Scalar>(_ array: [Scalar], _ groups: Groups, _ folded: (Group<Scalar>) -> Scalar) -> [Scalar] {
        [Scalar](unwritten: groups.count) { result, written in
            array.withUnsafeBufferPointer { array in
                for group in 0..<groups.count {
                    let elements = Group(
                        array: array, start: groups.start(of: group), length: groups.length, stride: groups.stride)
                    result.initializeElement(at: group, to: folded(elements))
                }
            }
            written = groups.count
        }
    }

    @inline(__always)
    private func total<Scalar: NumericScalar>(_ group: Group<Scalar>, _ term: (Double) -> Double) -> Double {
        group.reduce(0) { $0 + term($1.asDouble) }
    }

    /// The logarithms of groups whose elements are neighbours, with all exponentials taken together.
    private func logarithmsOfExponentials(_ array: [Float], _ groups: Groups) -> [Float] {
        let length = groups.length
        var powers = array
        var highest = [Float](repeating: 0, count: groups.count)
        var sums = highest
        powers.withUnsafeMutableBufferPointer { powers in
            highest.withUnsafeMutableBufferPointer { highest in
                for group in 0..<groups.count {
                    var found = -Float.infinity
                    for index in group &* length..<(group &+ 1) &* length { found = max(found, powers[index]) }
                    // Taken away first, so that no exponential overflows.
                    highest[group] = found.isFinite ? found : 0
                    for index in group &* length..<(group &+ 1) &* length { powers[index] -= highest[group] }
                }
            }
            VectorMath.apply(.exponential, to: powers)
            sums.withUnsafeMutableBufferPointer { sums in
                for group in 0..<groups.count {
                    var total = 0.0
                    for index in group &* length..<(group &+ 1) &* length { total += Double(powers[index]) }
                    sums[group] = Float(total)
                }
                VectorMath.apply(.logarithm, to: sums)
                for group in 0..<groups.count { sums[group] += highest[group] }
            }
        }
        return sums
    }

    private func logarithmOfExponentials<Scalar: NumericScalar>(_ group: Group<Scalar>) -> Double {
        let highest = group.reduce(-Double.infinity) { max($0, $1.asDouble) }
        guard highest.isFinite else { return log(total(group) { exp($0) }) }
        return highest + log(total(group) { exp($0 - highest) })
    }

    /// The extreme of no elements, which any element would replace.
    private func extremeOfNothing<Scalar: NumericScalar>() -> Scalar {
        let range = Scalar.finiteRange
        if Scalar.isWhole { return operation == .maximum ? range.lowerBound : range.upperBound }
        return Scalar(rounding: operation == .maximum ? -.infinity : .infinity)
    }

    /// The extreme of a group that is not empty; the first NaN wins.
    @inline(__always)
    private func extreme<Scalar: NumericScalar>(
        _ group: Group<Scalar>, _ isBetter: (Scalar, Scalar) -> Bool
    ) -> Scalar {
        group.reduce(group.array[group.start]) { best, next in
            !best.isUndefined && (next.isUndefined || isBetter(next, best)) ? next : best
        }
    }

    /// The elements that are folded to one.
    private struct Group<Scalar> {
        let array: UnsafeBufferPointer<Scalar>
        let start: Int
        let length: Int
        let stride: Int

        @inline(__always)
        func reduce<Result>(_ initial: Result, _ next: (Result, Scalar) -> Result) -> Result {
            var result = initial
            for index in 0..<length { result = next(result, array[start + index * stride]) }
            return result
        }
    }
}
