import SlipwayModel

/// The inputs of one node in the order that its operator defines them.
struct Arguments {
    /// The inputs; `nil` for an optional one that was left out.
    let tensors: [Tensor?]

    /// All inputs of an operator that takes any number of them.
    func all() throws(KernelProblem) -> [Tensor] {
        let given = tensors.compactMap { $0 }
        guard !given.isEmpty, given.count == tensors.count else { throw KernelProblem(.failed, "an input is missing") }
        return given
    }

    /// An input that must be there.
    func tensor(_ index: Int) throws(KernelProblem) -> Tensor {
        guard index < tensors.count, let tensor = tensors[index] else {
            throw KernelProblem(.failed, "input \(index) is missing")
        }
        return tensor
    }

    /// An input that may be left out.
    func optional(_ index: Int) -> Tensor? {
        index < tensors.count ? tensors[index] : nil
    }

    /// All inputs from one on, such as the values that a graph of the node reads from around it.
    func rest(from index: Int) -> [Tensor?] { Array(tensors.dropFirst(index)) }

    /// An input of whole numbers that may be left out, such as axes or a shape.
    func integers(_ index: Int) throws(KernelProblem) -> [Int]? {
        guard let tensor = optional(index) else { return nil }
        switch tensor.elements {
        case .int64(let values): return values.map { Int($0) }
        case .int32(let values): return values.map { Int($0) }
        default: throw KernelProblem(.failed, "input \(index) is \(tensor.elementType), not whole numbers")
        }
    }
}
