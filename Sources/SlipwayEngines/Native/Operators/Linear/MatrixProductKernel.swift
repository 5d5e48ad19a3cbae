import SlipwayModel

/// `MatMul` with NumPy's rules: vectors become matrices, leading dimensions are broadcast.
final class MatrixProductKernel: SingleKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let left = try inputs.tensor(0)
        let right = try inputs.tensor(1)
        switch left.elements {
        case .float32(let array): return try product(array, left, right, Self.multiply)
        case .float64(let array): return try product(array, left, right, Self.multiply)
        case .int32(let array): return try product(array, left, right, Self.multiply)
        case .int64(let array): return try product(array, left, right, Self.multiply)
        case .bool, .string: throw KernelProblem(.failed, "\(left.elementType) cannot be multiplied")
        }
    }

    @inline(__always)
    private func product<Scalar: NumericScalar>(
        _ leftArray: [Scalar], _ left: Tensor, _ right: Tensor,
        _ multiply: (MatrixProductShape, UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) ->
            Void
    ) throws(KernelProblem) -> Tensor {
        let rightArray = try right.array(of: Scalar.self)
        let plan = try MatrixProductShape(left.shape, right.shape)
        guard plan.count > 0 else { return Tensor([Scalar](), shape: plan.shape) }
        let result = [Scalar](unwritten: plan.count) { result, written in
            leftArray.withUnsafeBufferPointer { left in
                rightArray.withUnsafeBufferPointer { right in
                    guard let target = result.baseAddress else { return }
                    guard let left = left.baseAddress, let right = right.baseAddress else {
                        return target.initialize(repeating: Scalar(rounding: 0), count: plan.count)
                    }
                    multiply(plan, left, right, target)
                }
            }
            written = plan.count
        }
        return Tensor(result, shape: plan.shape)
    }

    private static func multiply<Scalar: FloatScalar>(
        _ plan: MatrixProductShape, _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        var packed = PackedMatrix<Scalar>(inner: plan.inner, columns: plan.columns)
        var place: Int?
        for index in 0..<plan.batchCount {
            let next = plan.rightBatch(index) * plan.inner * plan.columns
            if next != place { packed.fill(from: right + next) }
            place = next
            packed.multiply(
                left + plan.leftBatch(index) * plan.rows * plan.inner, rows: plan.rows,
                into: result + index * plan.rows * plan.columns)
        }
    }

    private static func multiply<Scalar: WholeScalar>(
        _ plan: MatrixProductShape, _ left: UnsafePointer<Scalar>, _ right: UnsafePointer<Scalar>,
        _ result: UnsafeMutablePointer<Scalar>
    ) {
        let (rows, inner, columns) = (plan.rows, plan.inner, plan.columns)
        for index in 0..<plan.batchCount {
            Matrix.multiply(
                left + plan.leftBatch(index) * rows * inner, right + plan.rightBatch(index) * inner * columns,
                rows: rows, inner: inner, columns: columns, into: result + index * rows * columns)
        }
    }
}

/// What the shapes of two factors say of their product.
private struct MatrixProductShape {
    /// The rows of each left matrix, or of all of them where they meet one right matrix.
    private(set) var rows: Int
    let inner: Int
    let columns: Int
    /// The shape and the number of elements of the result.
    private(set) var shape: [Int] = []
    private(set) var count = 0
    /// The number of products of two matrices.
    private(set) var batchCount = 1
    /// For each product its factors, where one side is stretched over the leading dimensions of the other.
    private var batches: (left: [Int], right: [Int])?
    /// Whether each product has factors of its own.
    private var isPaired = false

    init(_ left: [Int], _ right: [Int]) throws(KernelProblem) {
        guard let leftLast = left.last, let rightLast = right.last else {
            throw KernelProblem(.failed, "a scalar is no matrix")
        }
        rows = left.count == 1 ? 1 : left[left.count - 2]
        inner = leftLast
        columns = right.count == 1 ? 1 : rightLast
        guard inner == (right.count == 1 ? rightLast : right[right.count - 2]) else {
            throw KernelProblem(.failed, "shapes \(left) and \(right) cannot be multiplied")
        }
        var stacked = 1
        if left.count > 2, right.count <= 2 {
            // All rows meet the same matrix.
            shape = Array(left.dropLast(2))
            stacked = try Shape.count(shape)
        } else if right.count > 2, left.dropLast(2) == right.dropLast(2) {
            shape = Array(right.dropLast(2))
            batchCount = try Shape.count(shape)
            isPaired = true
        } else if right.count > 2 {
            let (leftOuter, rightOuter) = (Array(left.dropLast(2)), Array(right.dropLast(2)))
            shape = try Broadcast.common(leftOuter, rightOuter)
            batchCount = try Shape.count(shape)
            batches = (
                Broadcast.sources(of: leftOuter, in: shape, count: batchCount),
                Broadcast.sources(of: rightOuter, in: shape, count: batchCount)
            )
        }
        if left.count > 1 { shape.append(rows) }
        if right.count > 1 { shape.append(columns) }
        count = try Shape.count(shape)
        try Matrix.check(rows: batchCount * stacked * rows, inner: inner, columns: columns)
        rows *= stacked
    }

    func leftBatch(_ index: Int) -> Int { isPaired ? index : batches?.left[index] ?? 0 }

    func rightBatch(_ index: Int) -> Int { isPaired ? index : batches?.right[index] ?? 0 }
}
