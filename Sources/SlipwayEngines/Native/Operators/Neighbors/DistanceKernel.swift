import CSlipwayKernels
import SlipwayModel

/// `CDist`: the distance of each row of one matrix from each row of another.
///
/// Squares are summed in double precision, feature by feature, and rounded once.
final class DistanceKernel: SingleKernel {
    private let isSquared: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        switch try context.string("metric") ?? "sqeuclidean" {
        case "euclidean": isSquared = false
        case "sqeuclidean": isSquared = true
        case let name: throw KernelProblem(.unsupported, "metric '\(name.prefix(40))' is not covered")
        }
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let (left, right) = (try inputs.tensor(0), try inputs.tensor(1))
        switch left.elements {
        case .float32(let array): return try distances(array, left, right, slipway_distances_in_lanes_f32)
        case .float64(let array): return try distances(array, left, right, slipway_distances_in_lanes_f64)
        default: throw KernelProblem(.failed, "\(left.elementType) has no distances")
        }
    }

    /// One of the functions that fill the result, in the precision of the rows.
    private typealias Filling<Scalar> = (
        slipway_lanes, UnsafePointer<Scalar>, UnsafePointer<Scalar>, Bool, UnsafeMutablePointer<Scalar>
    ) -> Void

    private func distances<Scalar: FloatScalar>(
        _ rows: [Scalar], _ left: Tensor, _ right: Tensor, _ fill: Filling<Scalar>
    ) throws(KernelProblem) -> Tensor {
        guard left.shape.count == 2, right.shape.count == 2, left.shape[1] == right.shape[1] else {
            throw KernelProblem(.failed, "shapes \(left.shape) and \(right.shape) are not rows of equal length")
        }
        let (width, shape) = (left.shape[1], [left.shape[0], right.shape[0]])
        try Matrix.check(rows: shape[0], inner: width, columns: shape[1])
        let others = try right.array(of: Scalar.self)
        let count = try Shape.count(shape)
        // The other rows stand for columns.
        let lanes = slipway_lanes(
            rows: shape[0], inner: width, columns: shape[1], left: slipway_places(row: width, column: 1),
            right: slipway_places(row: 1, column: width), result: slipway_places(row: shape[1], column: 1))
        let result = [Scalar](unwritten: count) { result, written in
            rows.withUnsafeBufferPointer { rows in
                others.withUnsafeBufferPointer { others in
                    guard let target = result.baseAddress else { return }
                    if let rows = rows.baseAddress, let others = others.baseAddress {
                        fill(lanes, rows, others, !isSquared, target)
                    } else {
                        target.initialize(repeating: 0, count: count)
                    }
                }
            }
            written = count
        }
        return Tensor(result, shape: shape)
    }
}
