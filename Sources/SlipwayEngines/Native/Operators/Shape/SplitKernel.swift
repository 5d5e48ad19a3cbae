import SlipwayModel

/// `Split`: a tensor cut along one axis into parts of given or equal lengths.
final class SplitKernel: Kernel {
    private let axis: Int
    private let lengths: [Int]?
    private let partCount: Int

    init(_ context: NodeContext) throws(KernelProblem) {
        axis = try context.integer("axis", default: 0)
        lengths = try context.integers("split")
        partCount = try context.integer("num_outputs") ?? context.outputCount
        guard partCount == context.outputCount, partCount > 0 else {
            throw KernelProblem(.invalid, "attribute 'num_outputs' is not the number of outputs")
        }
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let axis = try Shape.axis(self.axis, limit: input.shape.count)
        let length = input.shape[axis]
        let part = length / partCount + (length.isMultiple(of: partCount) ? 0 : 1)
        let equal = (0..<partCount).map { max(0, min(part, length - $0 * part)) }
        let lengths = try inputs.integers(1) ?? self.lengths ?? equal
        guard lengths.count == partCount, lengths.allSatisfy({ 0...length ~= $0 }), lengths.reduce(0, +) == length
        else {
            throw KernelProblem(.failed, "parts \(lengths.prefix(16)) do not make up a dimension of \(length)")
        }
        let strides = Shape.strides(input.shape)
        var start = 0
        return try lengths.map { length throws(KernelProblem) in
            var shape = input.shape
            shape[axis] = length
            let way = Odometer(shape: shape, strides: strides, start: start * strides[axis])
            start += length
            return Tensor(shape: shape, elements: input.elements.selecting(way, count: try Shape.count(shape)))
        }
    }
}
