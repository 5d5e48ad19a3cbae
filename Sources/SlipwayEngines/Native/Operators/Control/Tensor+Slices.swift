import SlipwayModel

extension Tensor {
    /// One slice along an axis, without that axis; both are within range.
    ///
    /// - Complexity: O(elements of the slice).
    func slice(at index: Int, axis: Int) -> Tensor {
        var shape = shape
        var strides = Shape.strides(shape)
        let start = index * strides[axis]
        shape.remove(at: axis)
        strides.remove(at: axis)
        let count = shape.reduce(1, *)
        let way = Odometer(shape: shape, strides: strides, start: start)
        return Tensor(shape: shape, elements: elements.selecting(way, count: count))
    }

    /// Tensors of one shape and type put together along a new axis.
    ///
    /// - Complexity: O(elements of the result).
    init(stacking tensors: [Tensor], axis: Int) throws(KernelProblem) {
        guard let first = tensors.first else { throw KernelProblem(.failed, "there is nothing to put together") }
        let axis = try Shape.axis(axis, limit: first.shape.count + 1)
        _ = try Shape.count([tensors.count] + first.shape)
        guard tensors.allSatisfy({ $0.shape == first.shape }) else {
            throw KernelProblem(.failed, "results of different shapes cannot be put together")
        }
        func joined<Scalar: TensorScalar>(_ type: Scalar.Type) throws(KernelProblem) -> Tensor {
            var array: [Scalar] = []
            array.reserveCapacity(tensors.count * first.count)
            for tensor in tensors { array += try tensor.array(of: type) }
            return Tensor(array, shape: [tensors.count] + first.shape)
        }
        let stack: Tensor =
            switch first.elements {
            case .float32: try joined(Float.self)
            case .float64: try joined(Double.self)
            case .int32: try joined(Int32.self)
            case .int64: try joined(Int64.self)
            case .bool: try joined(Bool.self)
            case .string: try joined(String.self)
            }
        guard axis > 0 else {
            self = stack
            return
        }
        var order = Array(1..<stack.shape.count)
        order.insert(0, at: axis)
        let strides = Shape.strides(stack.shape)
        let shape = order.map { stack.shape[$0] }
        let way = Odometer(shape: shape, strides: order.map { strides[$0] })
        self.init(shape: shape, elements: stack.elements.selecting(way, count: stack.count))
    }
}
