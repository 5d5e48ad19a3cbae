import SlipwayModel

/// `Pad`: elements added at both ends of dimensions, or taken away where a width is negative.
///
/// Widths are an attribute before operator set 11 and an input since.
final class PadKernel: Kernel {
    private enum Mode: String {
        case constant, reflect, edge, wrap
    }

    private let mode: Mode
    private let attributes: (pads: [Int]?, value: Float)

    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("mode") ?? "constant"
        guard let mode = Mode(rawValue: name) else {
            throw KernelProblem(.invalid, "mode '\(name.prefix(40))' is not known")
        }
        self.mode = mode
        attributes = (try context.integers("pads"), try context.float("value", default: 0))
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let given = try inputs.integers(1) ?? attributes.pads ?? []
        let rank = input.shape.count
        let axes = try Shape.axes(try inputs.integers(3) ?? Array(0..<rank), limit: rank)
        guard given.count == 2 * axes.count else {
            throw KernelProblem(.failed, "\(given.count) widths are given for \(axes.count) dimensions")
        }
        guard given.allSatisfy({ -NativeLimits.elements...NativeLimits.elements ~= $0 }) else {
            throw KernelProblem(.tooLarge, "widths are above \(NativeLimits.elements)")
        }
        var before = [Int](repeating: 0, count: rank)
        var shape = input.shape
        for (position, axis) in axes.enumerated() {
            before[axis] = given[position]
            shape[axis] += given[position] + given[axes.count + position]
        }
        _ = try Shape.count(shape)
        let strides = Shape.strides(input.shape)
        var sources: [Int?] = [0]
        for axis in 0..<rank {
            let length = input.shape[axis]
            let steps = try (0..<shape[axis]).map { place throws(KernelProblem) in
                try source(of: place - before[axis], length: length).map { $0 * strides[axis] }
            }
            sources = sources.flatMap { base in steps.map { step in base.flatMap { base in step.map { base + $0 } } } }
        }
        let fill = try filler(inputs.optional(2), like: input)
        return [Tensor(shape: shape, elements: try input.elements.selecting(sources, fill: fill))]
    }

    /// Where in a dimension the element of a place outside or inside of it comes from; `nil` for the constant.
    private func source(of place: Int, length: Int) throws(KernelProblem) -> Int? {
        if 0..<length ~= place { return place }
        if mode == .constant { return nil }
        guard length > 0 else { throw KernelProblem(.failed, "an empty dimension has nothing to repeat") }
        switch mode {
        case .constant, .edge: return place < 0 ? 0 : length - 1
        case .wrap: return (place % length + length) % length
        case .reflect:
            guard length > 1 else { return 0 }
            let period = 2 * (length - 1)
            let folded = (place % period + period) % period
            return folded < length ? folded : period - folded
        }
    }

    private func filler(_ given: Tensor?, like input: Tensor) throws(KernelProblem) -> Tensor.Elements {
        if let given, given.count == 1, given.elementType == input.elementType { return given.elements }
        guard given == nil || given?.count == 0 else {
            throw KernelProblem(.failed, "the value to fill in is not one element of type \(input.elementType)")
        }
        switch input.elements {
        case .string: return .string([""])
        default: return try CastKernel(target: input.elementType).apply(Tensor([attributes.value], shape: [1])).elements
        }
    }
}

extension Tensor.Elements {
    /// The elements at the given places, and a constant where there is none.
    fileprivate func selecting(_ places: [Int?], fill: Tensor.Elements) throws(KernelProblem) -> Tensor.Elements {
        func pick<Scalar: TensorScalar>(_ array: [Scalar]) throws(KernelProblem) -> Tensor.Elements {
            let value = try Tensor(shape: [1], elements: fill).array(of: Scalar.self)[0]
            return Scalar.elements(places.map { $0.map { array[$0] } ?? value })
        }
        switch self {
        case .float32(let array): return try pick(array)
        case .float64(let array): return try pick(array)
        case .int32(let array): return try pick(array)
        case .int64(let array): return try pick(array)
        case .bool(let array): return try pick(array)
        case .string(let array): return try pick(array)
        }
    }
}
