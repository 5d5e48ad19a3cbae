import SlipwayModel

/// `TopK`: the largest or smallest elements along an axis and where they lie; of equal ones the first come first.
///
/// NaN lies beyond all numbers in either direction, so it comes last. (ONNX Runtime compares with it as if it were a
/// number, so that what it selects depends on where NaN stands and on the count.)
struct TopSelectionKernel: Kernel {
    private let axis: Int
    private let isLargest: Bool
    private let isSorted: Bool
    /// The count as an attribute, before operator set 10.
    private let count: Int?
    /// The most elements that are kept in order instead of sorting all.
    private static let keptCountMax = 32

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
        var indices = [Int](repeating: 0, count: targets.count * wanted)
        var places = indices
        let offsets = groups.innerOffsets
        let steps = targets.innerOffsets
        for (base, target) in zip(groups.outerOffsets, targets.outerOffsets) {
            let best = Self.best(wanted, of: offsets.count) { left, right in
                let (a, b) = (array[base + offsets[left]], array[base + offsets[right]])
                if a.isUndefined || b.isUndefined {
                    return a.isUndefined == b.isUndefined ? left < right : b.isUndefined
                }
                if a == b { return left < right }
                return isLargest ? a > b : a < b
            }
            for (rank, index) in (isSorted ? best : best.sorted()).enumerated() {
                indices[target + steps[rank]] = index
                places[target + steps[rank]] = base + offsets[index]
            }
        }
        return [Tensor(places.map { array[$0] }, shape: result), Tensor(indices.map { Int64($0) }, shape: result)]
    }

    /// The first of some indices in an order, sorted.
    ///
    /// A few are kept in order while all others pass by, each of which is compared with the last one kept.
    ///
    /// - Complexity: O(count · log count), and about O(count) for few of many that come in no order.
    private static func best(_ wanted: Int, of count: Int, by precedes: (Int, Int) -> Bool) -> [Int] {
        guard wanted <= keptCountMax else { return Array((0..<count).sorted(by: precedes).prefix(wanted)) }
        var kept: [Int] = []
        kept.reserveCapacity(wanted + 1)
        for index in 0..<count {
            if kept.count == wanted {
                guard let last = kept.last, precedes(index, last) else { continue }
                kept.removeLast()
            }
            var place = kept.count
            while place > 0, precedes(index, kept[place - 1]) { place -= 1 }
            kept.insert(index, at: place)
        }
        return kept
    }
}
