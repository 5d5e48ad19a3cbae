import SlipwayModel

/// Arithmetic on shapes that cannot overflow.
enum Shape {
    /// The number of elements of a shape.
    ///
    /// - Throws: ``KernelProblem`` when it is above ``NativeLimits/elements``, or a dimension is negative.
    static func count(_ shape: some Collection<Int>) throws(KernelProblem) -> Int {
        guard shape.count <= NativeLimits.dimensions else {
            throw KernelProblem(.tooLarge, "a result has \(shape.count) dimensions, above \(NativeLimits.dimensions)")
        }
        // An empty dimension must not hide a huge one, whose strides would overflow later.
        var product = 1
        var isEmpty = false
        for dimension in shape {
            guard dimension > 0 else {
                guard dimension == 0 else {
                    throw KernelProblem(.failed, "shape \(Array(shape)) has a negative dimension")
                }
                isEmpty = true
                continue
            }
            let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
            guard !overflow, next <= NativeLimits.elements else {
                throw KernelProblem(
                    .tooLarge, "a result of shape \(Array(shape)) is above \(NativeLimits.elements) elements")
            }
            product = next
        }
        return isEmpty ? 0 : product
    }

    /// The steps in the flat array that one step along each dimension takes.
    static func strides(_ shape: [Int]) -> [Int] {
        var strides = shape
        var step = 1
        for index in shape.indices.reversed() {
            strides[index] = step
            step *= max(shape[index], 1)
        }
        return strides
    }

    /// An axis counted from the front; negative ones count from the back.
    ///
    /// - Parameter limit: The number of valid axes, usually the rank.
    static func axis(_ axis: Int, limit: Int) throws(KernelProblem) -> Int {
        guard axis >= -limit, axis < limit else {
            throw KernelProblem(.failed, "axis \(axis) is out of range for \(limit) dimensions")
        }
        return axis < 0 ? axis + limit : axis
    }

    /// Several distinct axes counted from the front.
    static func axes(_ axes: [Int], limit: Int) throws(KernelProblem) -> [Int] {
        var found: [Int] = []
        for one in axes {
            let axis = try axis(one, limit: limit)
            guard !found.contains(axis) else { throw KernelProblem(.failed, "axis \(one) is given twice") }
            found.append(axis)
        }
        return found
    }
}

extension Tensor {
    /// The tensor as rows: a vector is one row, a matrix is itself.
    ///
    /// - Throws: ``KernelProblem`` for a scalar or more than two dimensions.
    func rows() throws(KernelProblem) -> (count: Int, width: Int) {
        switch shape.count {
        case 1: return (1, shape[0])
        case 2: return (shape[0], shape[1])
        default: throw KernelProblem(.failed, "input has shape \(shape), but rows of features are needed")
        }
    }

    /// The elements as numbers of one type.
    func numbers<Scalar: FloatScalar>(as type: Scalar.Type) throws(KernelProblem) -> [Scalar] {
        if let array = Scalar.array(of: elements) { return array }
        switch elements {
        case .float32(let array): return array.map { Scalar($0) }
        case .float64(let array): return array.map { Scalar($0) }
        case .int32(let array): return array.map { Scalar($0) }
        case .int64(let array): return array.map { Scalar($0) }
        case .bool(let array): return array.map { $0 ? 1 : 0 }
        case .string: throw KernelProblem(.failed, "input is text, but numbers are needed")
        }
    }
}
