import SlipwayModel

/// `TopK`: the largest or smallest elements along an axis and where they lie; of equal ones the first come first.
///
/// NaN lies beyond all numbers in either direction, so it comes last. (ONNX Runtime compares with it as if it were a
/// number, so that what it selects depends on where NaN stands and on the count.)
final class TopSelectionKernel: Kernel {
    private let axis: Int
    private let isLargest: Bool
    private let isSorted: Bool
    /// The count as an attribute, before operator set 10.
    private let count: Int?

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: -1)
        isLargest = try context.integer("largest", default: 1) != 0
        isSorted = try context.integer("sorted", default: 1) != 0
        count = context.opset < 10 ? try context.integer("k") : nil
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let axis = try Shape.axis(self.axis, limit: input.shape.count)
        guard let wanted = try inputs.integers(1)?.first ?? count, 0...input.shape[axis] ~= wanted else {
            throw KernelProblem(.failed, "the count is not between 0 and the \(input.shape[axis]) elements of the axis")
        }
        switch input.elements {
        case .float32(let array): return select(wanted, array, input.shape, axis)
        case .float64(let array): return select(wanted, array, input.shape, axis)
        case .int32(let array): return select(wanted, array, input.shape, axis)
        case .int64(let array): return select(wanted, array, input.shape, axis)
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) has no order")
        }
    }

    private func select<Scalar: NumericScalar>(
        _ wanted: Int, _ array: [Scalar], _ shape: [Int], _ axis: Int
    ) -> [Tensor] {
        var result = shape
        result[axis] = wanted
        let groups = Groups(shape, axes: [axis])
        let targets = Groups(result, axes: [axis])
        let total = wanted == 0 ? 0 : targets.count * wanted
        var indices: [Int64] = []
        let values = [Scalar](unwritten: total) { values, written in
            indices = [Int64](unwritten: total) { indices, written in
                array.withUnsafeBufferPointer { array in
                    withUnsafeTemporaryAllocation(of: Int.self, capacity: wanted) { heap in
                        guard total > 0, let source = array.baseAddress, let heap = heap.baseAddress else { return }
                        for group in 0..<groups.count {
                            let selection = TopSelection(
                                elements: source + groups.start(of: group), stride: groups.stride, heap: heap,
                                count: wanted, isLargest: isLargest)
                            selection.fill(from: groups.length)
                            if isSorted { selection.sort() } else { selection.sortByIndex() }
                            let start = targets.start(of: group)
                            for rank in 0..<wanted {
                                let place = start + rank &* targets.stride
                                values.initializeElement(at: place, to: selection.elements[heap[rank] &* groups.stride])
                                indices.initializeElement(at: place, to: Int64(heap[rank]))
                            }
                        }
                    }
                }
                written = total
            }
            written = total
        }
        return [Tensor(values, shape: result), Tensor(indices, shape: result)]
    }
}
