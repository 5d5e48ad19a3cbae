import SlipwayModel

/// `Slice`: a range along some axes, with steps; bounds are attributes before operator set 10 and inputs since.
final class SliceKernel: SingleKernel {
    private let attributes: (starts: [Int]?, ends: [Int]?, axes: [Int]?)

    init(_ context: NodeContext) throws(KernelProblem) {
        attributes = (try context.integers("starts"), try context.integers("ends"), try context.integers("axes"))
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        let starts = try inputs.integers(1) ?? attributes.starts ?? []
        let ends = try inputs.integers(2) ?? attributes.ends ?? []
        let axes = try Shape.axes(
            try inputs.integers(3) ?? attributes.axes ?? Array(starts.indices), limit: input.shape.count)
        let steps = try inputs.integers(4) ?? [Int](1, times: starts.count)
        guard starts.count == ends.count, starts.count == axes.count, starts.count == steps.count else {
            throw KernelProblem(.failed, "starts, ends, axes and steps differ in length")
        }
        var shape = input.shape
        var strides = Shape.strides(input.shape)
        var origin = 0
        for (position, axis) in axes.enumerated() {
            let range = try Range(start: starts[position], end: ends[position], step: steps[position], of: shape[axis])
            origin += range.first * strides[axis]
            strides[axis] *= range.step
            shape[axis] = range.count
        }
        let count = try Shape.count(shape)
        let way = Odometer(shape: shape, strides: strides, start: origin)
        return Tensor(shape: shape, elements: input.elements.selecting(way, count: count))
    }

    /// The places that a slice takes from one dimension.
    private struct Range {
        let first: Int
        let step: Int
        let count: Int

        init(start: Int, end: Int, step: Int, of length: Int) throws(KernelProblem) {
            guard step != 0 else { throw KernelProblem(.failed, "a step is zero") }
            let step = Swift.max(Swift.min(step, Swift.max(length, 1)), -Swift.max(length, 1))
            let lowest = step > 0 ? 0 : -1
            let highest = step > 0 ? length : length - 1
            let from = Self.place(start, length: length, in: 0, highest)
            let to = Self.place(end, length: length, in: lowest, highest)
            self.step = step
            let distance = step > 0 ? to - from : from - to
            count = length == 0 || distance <= 0 ? 0 : (distance + abs(step) - 1) / abs(step)
            first = count == 0 ? 0 : from
        }

        private static func place(_ index: Int, length: Int, in lowest: Int, _ highest: Int) -> Int {
            if index < -length { return lowest }
            let place = index < 0 ? index + length : index
            return Swift.max(lowest, Swift.min(place, highest))
        }
    }
}
