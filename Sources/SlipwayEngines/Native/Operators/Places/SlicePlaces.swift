import SlipwayModel

/// Where the slices lie that a tensor of index tuples names, as `GatherND` and `ScatterND` read it.
struct SlicePlaces {
    /// The place of the first element of each slice.
    let starts: [Int]
    /// The dimensions of one slice.
    let sliceShape: [Int]
    /// The number of elements of one slice.
    let length: Int

    /// All places, slice by slice.
    var all: [Int] { starts.flatMap { $0..<$0 + length } }

    /// Resolves the tuples in the last dimension of `indices`; negative ones count from the back.
    ///
    /// - Parameter batch: The number of leading dimensions that both tensors share, as `batch_dims`.
    init(of shape: [Int], indices: Tensor, batch: Int = 0) throws(KernelProblem) {
        guard let depth = indices.shape.last, batch >= 0, batch < indices.shape.count, depth >= 0,
            batch + depth <= shape.count, shape.prefix(batch) == indices.shape.prefix(batch)
        else {
            throw KernelProblem(.failed, "indices of shape \(indices.shape) do not fit a tensor of shape \(shape)")
        }
        let strides = Shape.strides(shape)
        sliceShape = Array(shape[(batch + depth)...])
        length = try Shape.count(sliceShape)
        guard let values = indices.wholeNumbers else {
            throw KernelProblem(.failed, "indices are \(indices.elementType), not whole numbers")
        }
        let batchCount = try Shape.count(shape.prefix(batch))
        let tupleCount = try Shape.count(indices.shape.dropLast())
        let batchLength = try Shape.count(shape.dropFirst(batch))
        var starts: [Int] = []
        starts.reserveCapacity(tupleCount)
        for tuple in 0..<tupleCount {
            var start = tuple / max(tupleCount / max(batchCount, 1), 1) * batchLength
            for position in 0..<depth {
                let axis = batch + position
                start += try Self.index(values[tuple * depth + position], below: shape[axis]) * strides[axis]
            }
            starts.append(start)
        }
        _ = try Shape.count([starts.count, length])
        self.starts = starts
    }

    /// An index counted from the front.
    static func index(_ index: Int, below length: Int) throws(KernelProblem) -> Int {
        guard index >= -length, index < length else {
            throw KernelProblem(.failed, "index \(index) is out of range for a dimension of \(length)")
        }
        return index < 0 ? index + length : index
    }

    /// For each element of `indices`, the place in a tensor that it names along an axis, its other coordinates kept.
    static func elements(of shape: [Int], indices: Tensor, axis: Int) throws(KernelProblem) -> [Int] {
        let axis = try Shape.axis(axis, limit: shape.count)
        let fits =
            indices.shape.count == shape.count
            && shape.indices.allSatisfy { $0 == axis || indices.shape[$0] <= shape[$0] }
        guard fits else {
            throw KernelProblem(.failed, "indices of shape \(indices.shape) do not fit a tensor of shape \(shape)")
        }
        var strides = Shape.strides(shape)
        let step = strides[axis]
        strides[axis] = 0
        let bases = Odometer(shape: indices.shape, strides: strides).offsets(count: indices.count)
        var places = try Self.indices(indices, below: shape[axis])
        for place in places.indices { places[place] = bases[place] + places[place] * step }
        return places
    }

    /// All indices of a tensor counted from the front of a dimension.
    ///
    /// - Complexity: O(indices).
    static func indices(_ tensor: Tensor, below length: Int) throws(KernelProblem) -> [Int] {
        switch tensor.elements {
        case .int64(let array): return try indices(array, below: length)
        case .int32(let array): return try indices(array, below: length)
        default: throw KernelProblem(.failed, "indices are \(tensor.elementType), not whole numbers")
        }
    }

    private static func indices<Whole: WholeScalar>(
        _ array: [Whole], below length: Int
    ) throws(KernelProblem) -> [Int] {
        var odd: Int?
        let indices = array.transformed { value in
            let index = Int(truncatingIfNeeded: value)
            if index < -length || index >= length { odd = index }
            return index < 0 ? index &+ length : index
        }
        guard let odd else { return indices }
        throw KernelProblem(.failed, "index \(odd) is out of range for a dimension of \(length)")
    }
}
