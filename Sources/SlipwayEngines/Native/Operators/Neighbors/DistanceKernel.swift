import SlipwayModel

/// `CDist`: the distance of each row of one matrix from each row of another.
final class DistanceKernel: Kernel {
    private let isSquared: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        switch try context.string("metric") ?? "sqeuclidean" {
        case "euclidean": isSquared = false
        case "sqeuclidean": isSquared = true
        case let name: throw KernelProblem(.unsupported, "metric '\(name.prefix(40))' is not covered")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let left = try inputs.tensor(0)
        switch left.elements {
        case .float32(let array): return [try distances(array, left.shape, inputs.tensor(1))]
        case .float64(let array): return [try distances(array, left.shape, inputs.tensor(1))]
        default: throw KernelProblem(.failed, "\(left.elementType) has no distances")
        }
    }

    private func distances<Scalar: FloatScalar>(
        _ left: [Scalar], _ shape: [Int], _ right: Tensor
    ) throws(KernelProblem) -> Tensor {
        guard shape.count == 2, right.shape.count == 2, shape[1] == right.shape[1] else {
            throw KernelProblem(.failed, "shapes \(shape) and \(right.shape) are not rows of equal length")
        }
        let (rows, width, columns) = (shape[0], shape[1], right.shape[0])
        try Matrix.check(rows: rows, inner: width, columns: columns)
        let other = try right.array(of: Scalar.self)
        let count = try Shape.count([rows, columns])
        let result = [Scalar](unwritten: count) { result, written in
            left.withUnsafeBufferPointer { left in
                other.withUnsafeBufferPointer { other in
                    for row in 0..<rows {
                        for column in 0..<columns {
                            var sum = 0.0
                            for feature in 0..<width {
                                let place = column &* width &+ feature
                                let difference = Double(left[row &* width &+ feature]) - Double(other[place])
                                sum += difference * difference
                            }
                            let distance = Scalar(isSquared ? sum : sum.squareRoot())
                            result.initializeElement(at: row &* columns &+ column, to: distance)
                        }
                    }
                }
            }
            written = count
        }
        return Tensor(result, shape: [rows, columns])
    }
}
