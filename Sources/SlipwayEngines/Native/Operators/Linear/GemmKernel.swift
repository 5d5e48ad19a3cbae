import SlipwayModel

/// `Gemm`: `alpha · A · B + beta · C`, with A or B transposed on request and C broadcast.
final class GemmKernel: SingleKernel {
    private let alpha: Float
    private let beta: Float
    private let transposesLeft: Bool
    /// Whether B is given with its rows and columns exchanged.
    let transposesRight: Bool

    init(_ context: NodeContext) throws(KernelProblem) {
        alpha = try context.float("alpha", default: 1)
        beta = try context.float("beta", default: 1)
        transposesLeft = try context.integer("transA", default: 0) != 0
        transposesRight = try context.integer("transB", default: 0) != 0
    }

    /// Whether the result is `A · B + C` with B as given or transposed.
    var isPlain: Bool { alpha == 1 && beta == 1 && !transposesLeft }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let left = try inputs.tensor(0)
        switch left.elements {
        case .float32(let array): return try compute(array, left.shape, inputs)
        case .float64(let array): return try compute(array, left.shape, inputs)
        default: throw KernelProblem(.failed, "\(left.elementType) is not covered")
        }
    }

    private func compute<Scalar: FloatScalar>(
        _ left: [Scalar], _ leftShape: [Int], _ inputs: Arguments
    ) throws(KernelProblem) -> Tensor {
        let right = try inputs.tensor(1)
        let b = try right.array(of: Scalar.self)
        guard leftShape.count == 2, right.shape.count == 2 else {
            throw KernelProblem(.failed, "two matrices are needed")
        }
        let (rows, inner) = transposesLeft ? (leftShape[1], leftShape[0]) : (leftShape[0], leftShape[1])
        let (rightRows, columns) =
            transposesRight ? (right.shape[1], right.shape[0]) : (right.shape[0], right.shape[1])
        let a = transposesLeft ? Matrix.transposed(left, rows: inner, columns: rows) : left
        guard inner == rightRows else {
            throw KernelProblem(.failed, "shapes \(leftShape) and \(right.shape) cannot be multiplied")
        }
        let count = try Shape.count([rows, columns])
        try Matrix.check(rows: rows, inner: inner, columns: columns)
        var product = [Scalar](unwritten: count) { result, written in
            a.withUnsafeBufferPointer { a in
                b.withUnsafeBufferPointer { b in
                    guard count > 0, let target = result.baseAddress else { return }
                    if let a = a.baseAddress, let b = b.baseAddress {
                        PackedMatrix(b, inner: inner, columns: columns, isTransposed: transposesRight)
                            .multiply(a, rows: rows, into: target)
                    } else {
                        target.initialize(repeating: 0, count: count)
                    }
                }
            }
            written = count
        }
        let alpha = Scalar(alpha)
        if alpha != 1 { product = product.map { $0 * alpha } }
        guard let added = inputs.optional(2) else { return Tensor(product, shape: [rows, columns]) }
        let broadcast = try Broadcast([rows, columns], added.shape)
        guard broadcast.shape == [rows, columns] else {
            throw KernelProblem(.failed, "shape \(added.shape) does not fit a result of [\(rows), \(columns)]")
        }
        let beta = Scalar(beta)
        let sum = broadcast.combine(product, try added.array(of: Scalar.self)) { $0 + beta * $1 }
        return Tensor(sum, shape: [rows, columns])
    }
}
