import SlipwayModel

/// `ScatterElements`, `ScatterND` and the older `Scatter`: a tensor with some of its elements set or combined.
final class ScatterKernel: Kernel {
    /// What becomes of an element that is written.
    private enum Reduction: String {
        case none, add, mul, max, min
    }

    private let reduction: Reduction
    /// The axis of `ScatterElements`; `nil` where tuples of indices name slices.
    private let axis: Int?

    /// Reads a node; `ScatterND` has no axis.
    init(_ context: NodeContext, hasAxis: Bool) throws(KernelProblem) {
        let name = try context.string("reduction") ?? "none"
        guard let reduction = Reduction(rawValue: name) else {
            throw KernelProblem(.unsupported, "reduction '\(name.prefix(40))' is not covered")
        }
        self.reduction = reduction
        axis = hasAxis ? try context.integer("axis", default: 0) : nil
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let updates = try inputs.tensor(2)
        let places = try self.places(input.shape, try inputs.tensor(1), updates)
        let elements: Tensor.Elements =
            switch input.elements {
            case .float32(let array): .float32(try combine(array, places, updates))
            case .float64(let array): .float64(try combine(array, places, updates))
            case .int32(let array): .int32(try combine(array, places, updates))
            case .int64(let array): .int64(try combine(array, places, updates))
            case .bool(let array): .bool(try replace(array, places, updates))
            case .string(let array): .string(try replace(array, places, updates))
            }
        return [Tensor(shape: input.shape, elements: elements)]
    }

    private func places(_ shape: [Int], _ indices: Tensor, _ updates: Tensor) throws(KernelProblem) -> [Int] {
        let places: [Int]
        let wanted: [Int]
        if let axis {
            places = try SlicePlaces.elements(of: shape, indices: indices, axis: axis)
            wanted = indices.shape
        } else {
            let slices = try SlicePlaces(of: shape, indices: indices)
            places = slices.all
            wanted = indices.shape.dropLast() + slices.sliceShape
        }
        guard updates.shape == wanted else {
            throw KernelProblem(.failed, "updates have the shape \(updates.shape), but \(wanted) is needed")
        }
        return places
    }

    private func replace<Scalar: TensorScalar>(
        _ array: [Scalar], _ places: [Int], _ updates: Tensor
    ) throws(KernelProblem) -> [Scalar] {
        guard reduction == .none else { throw KernelProblem(.failed, "\(updates.elementType) cannot be combined") }
        var result = array
        for (place, value) in zip(places, try updates.array(of: Scalar.self)) { result[place] = value }
        return result
    }

    private func combine<Scalar: NumericScalar>(
        _ array: [Scalar], _ places: [Int], _ updates: Tensor
    ) throws(KernelProblem) -> [Scalar] {
        var result = array
        for (place, value) in zip(places, try updates.array(of: Scalar.self)) {
            let held = result[place]
            switch reduction {
            case .none: result[place] = value
            case .add: result[place] = Scalar.sum(held, value)
            case .mul: result[place] = Scalar.product(held, value)
            case .max: result[place] = value > held ? value : held
            case .min: result[place] = value < held ? value : held
            }
        }
        return result
    }
}
