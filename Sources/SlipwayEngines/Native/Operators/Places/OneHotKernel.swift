import SlipwayModel

/// `OneHot`: a new dimension with one value at the place that an index names, another one elsewhere.
final class OneHotKernel: Kernel {
    private let axis: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: -1)
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let indices = try inputs.tensor(0)
        let depths = try inputs.tensor(1).numbers(as: Double.self)
        let values = try inputs.tensor(2)
        guard depths.count == 1, let depth = Int(exactly: depths[0].rounded(.towardZero)), depth > 0, values.count == 2
        else {
            throw KernelProblem(.failed, "the depth is not one positive number, or the values are not two")
        }
        let axis = try Shape.axis(axis, limit: indices.shape.count + 1)
        var shape = indices.shape
        shape.insert(depth, at: axis)
        let count = try Shape.count(shape)
        let inner = try Shape.count(shape[(axis + 1)...])
        var places = [Int](repeating: 0, count: count)
        for (position, index) in try indices.numbers(as: Double.self).enumerated() {
            // An index out of range, or between two places, marks none.
            guard let whole = Int(exactly: index), -depth..<depth ~= whole else { continue }
            let place = whole < 0 ? whole + depth : whole
            places[(position / inner * depth + place) * inner + position % inner] = 1
        }
        return [Tensor(shape: shape, elements: values.elements.selecting(places))]
    }
}
