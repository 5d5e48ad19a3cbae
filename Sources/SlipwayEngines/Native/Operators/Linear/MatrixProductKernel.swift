import SlipwayModel

/// `MatMul` with NumPy's rules: vectors become matrices, leading dimensions are broadcast.
struct MatrixProductKernel: SingleKernel {
    /// Writes the product of two matrices: left, right, rows, inner, columns, result.
    private typealias Product<Scalar> = (
        UnsafePointer<Scalar>, UnsafePointer<Scalar>, Int, Int, Int, UnsafeMutablePointer<Scalar>
    ) -> Void

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let left = try inputs.tensor(0)
        let right = try inputs.tensor(1)
        switch left.elements {
        case .float32(let array): return try multiply(array, left, right, Matrix.multiply)
        case .float64(let array): return try multiply(array, left, right, Matrix.multiply)
        case .int32(let array): return try multiply(array, left, right, Matrix.multiply)
        case .int64(let array): return try multiply(array, left, right, Matrix.multiply)
        case .bool, .string: throw KernelProblem(.failed, "\(left.elementType) cannot be multiplied")
        }
    }

    @inline(__always)
    private func multiply<Scalar: NumericScalar>(
        _ leftArray: [Scalar], _ left: Tensor, _ right: Tensor, _ product: Product<Scalar>
    ) throws(KernelProblem) -> Tensor {
        let rightArray = try right.array(of: Scalar.self)
        let plan = try MatrixProductShape(left.shape, right.shape)
        guard plan.count > 0 else { return Tensor([Scalar](), shape: plan.shape) }
        let (rows, inner, columns) = (plan.rows, plan.inner, plan.columns)
        let result = [Scalar](unsafeUninitializedCapacity: plan.count) { result, written in
            leftArray.withUnsafeBufferPointer { left in
                rightArray.withUnsafeBufferPointer { right in
                    guard let target = result.baseAddress else { return }
                    guard let left = left.baseAddress, let right = right.baseAddress else {
                        return target.initialize(repeating: Scalar(rounding: 0), count: plan.count)
                    }
                    for index in 0..<plan.batchCount {
                        product(
                            left + plan.leftBatch(index) * rows * inner,
                            right + plan.rightBatch(index) * inner * columns,
                            rows, inner, columns, target + index * rows * columns)
                    }
                }
            }
            written = plan.count
        }
        return Tensor(result, shape: plan.shape)
    }
}

/// What the shapes of two factors say of their product.
private struct MatrixProductShape {
    let rows: Int
    let inner: Int
    let columns: Int
    /// The shape and the number of elements of the result.
    private(set) var shape: [Int] = []
    private(set) var count = 0
    /// The number of products of two matrices.
    private(set) var batchCount = 1
    /// For each product its factors, where the factors have leading dimensions.
    private var batches: (left: [Int], right: [Int])?

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
        if left.count > 2 || right.count > 2 {
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
        try Matrix.check(rows: batchCount * rows, inner: inner, columns: columns)
    }

    func leftBatch(_ index: Int) -> Int { batches?.left[index] ?? 0 }

    func rightBatch(_ index: Int) -> Int { batches?.right[index] ?? 0 }
}
