import SlipwayModel

/// `MatMul` with NumPy's rules: vectors become matrices, leading dimensions are broadcast.
struct MatrixProductKernel: Kernel {
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let left = try inputs.tensor(0)
        switch left.elements {
        case .float32(let array): return [try multiply(array, left.shape, inputs.tensor(1))]
        case .float64(let array): return [try multiply(array, left.shape, inputs.tensor(1))]
        case .int32(let array): return [try multiply(array, left.shape, inputs.tensor(1))]
        case .int64(let array): return [try multiply(array, left.shape, inputs.tensor(1))]
        case .bool, .string: throw KernelProblem(.failed, "\(left.elementType) cannot be multiplied")
        }
    }

    private func multiply<Scalar: NumericScalar>(
        _ left: [Scalar], _ leftShape: [Int], _ right: Tensor
    ) throws(KernelProblem) -> Tensor {
        let rightArray = try right.array(of: Scalar.self)
        guard !leftShape.isEmpty, !right.shape.isEmpty else { throw KernelProblem(.failed, "a scalar is no matrix") }
        let a = leftShape.count == 1 ? [1] + leftShape : leftShape
        let b = right.shape.count == 1 ? right.shape + [1] : right.shape
        let (rows, inner, columns) = (a[a.count - 2], a[a.count - 1], b[b.count - 1])
        guard inner == b[b.count - 2] else {
            throw KernelProblem(.failed, "shapes \(leftShape) and \(right.shape) cannot be multiplied")
        }
        let batch = try Broadcast.common(Array(a.dropLast(2)), Array(b.dropLast(2)))
        let batchCount = try Shape.count(batch)
        var shape = batch
        if leftShape.count > 1 { shape.append(rows) }
        if right.shape.count > 1 { shape.append(columns) }
        let count = try Shape.count(shape)
        try Matrix.check(rows: batchCount * rows, inner: inner, columns: columns)
        guard count > 0 else { return Tensor([Scalar](), shape: shape) }
        let leftBatches = Broadcast.sources(of: Array(a.dropLast(2)), in: batch, count: batchCount)
        let rightBatches = Broadcast.sources(of: Array(b.dropLast(2)), in: batch, count: batchCount)
        var result: [Scalar] = []
        result.reserveCapacity(count)
        for index in 0..<batchCount {
            Matrix.multiply(
                left, from: leftBatches[index] * rows * inner, rightArray, from: rightBatches[index] * inner * columns,
                rows: rows, inner: inner, columns: columns, into: &result)
        }
        return Tensor(result, shape: shape)
    }
}
