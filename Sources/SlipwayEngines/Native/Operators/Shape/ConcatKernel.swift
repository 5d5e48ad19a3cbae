import SlipwayModel

/// `Concat`: tensors side by side along one axis.
final class ConcatKernel: SingleKernel {
    let axis: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        guard let axis = try context.integer("axis") else {
            throw KernelProblem(.invalid, "attribute 'axis' is missing")
        }
        self.axis = axis
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let tensors = try inputs.all()
        switch tensors[0].elements {
        case .float32: return try join(tensors, of: Float.self)
        case .float64: return try join(tensors, of: Double.self)
        case .int32: return try join(tensors, of: Int32.self)
        case .int64: return try join(tensors, of: Int64.self)
        case .bool: return try join(tensors, of: Bool.self)
        case .string: return try join(tensors, of: String.self)
        }
    }

    private func join<Scalar: TensorScalar>(_ tensors: [Tensor], of type: Scalar.Type) throws(KernelProblem) -> Tensor {
        var shape = tensors[0].shape
        let axis = try Shape.axis(self.axis, limit: shape.count)
        shape[axis] = 0
        var parts: [(array: [Scalar], width: Int)] = []
        parts.reserveCapacity(tensors.count)
        for tensor in tensors {
            guard tensor.shape.count == shape.count,
                shape.indices.allSatisfy({ $0 == axis || tensor.shape[$0] == shape[$0] })
            else { throw misfit(tensors) }
            shape[axis] += tensor.shape[axis]
            parts.append((try tensor.array(of: type), try Shape.count(tensor.shape[axis...])))
        }
        let count = try Shape.count(shape)
        let rows = try Shape.count(shape[..<axis])
        let width = count == 0 ? 0 : count / rows
        let result = [Scalar](unwritten: count) { result, written in
            var column = 0
            for part in parts where count > 0 {
                part.array.withUnsafeBufferPointer { array in
                    if part.width == 1 {
                        for row in 0..<rows { result.initializeElement(at: row * width + column, to: array[row]) }
                        return
                    }
                    for row in 0..<rows {
                        for index in 0..<part.width {
                            let element = array[row * part.width + index]
                            result.initializeElement(at: row * width + column + index, to: element)
                        }
                    }
                }
                column += part.width
            }
            written = count
        }
        return Tensor(result, shape: shape)
    }

    private func misfit(_ tensors: [Tensor]) -> KernelProblem {
        let shapes = tensors.prefix(8).map { "\($0.shape)" }.joined(separator: ", ")
        return KernelProblem(.failed, "shapes \(shapes) do not fit side by side along axis \(axis)")
    }
}
