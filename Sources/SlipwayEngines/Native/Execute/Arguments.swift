import SlipwayModel

/// The inputs of one node in the order that its operator defines them.
///
/// Arguments point into the values of a running plan, so a kernel must not keep them beyond its run.
struct Arguments {
    /// Where an input comes from.
    enum Operand: Sendable {
        /// An optional input that was left out.
        case absent
        /// A tensor known at load.
        case constant(Tensor)
        /// A tensor of a few whole numbers known at load, such as axes or a shape, and these numbers.
        case numbers(Tensor, [Int])
        /// The number of a value of the run.
        case value(Int)
    }

    private let operands: [Operand]
    private let values: UnsafePointer<Tensor?>?

    /// Joins operands with the values of a run, of which there are as many as the operands count on.
    init(_ operands: [Operand], values: UnsafePointer<Tensor?>?) {
        self.operands = operands
        self.values = values
    }

    /// Takes tensors as they are; `nil` stands for an optional input that was left out.
    init(tensors: [Tensor?]) {
        self.init(tensors.map { $0.map { .constant($0) } ?? .absent }, values: nil)
    }

    /// The number of inputs, those left out included.
    var count: Int { operands.count }

    /// All inputs of an operator that takes any number of them.
    func all() throws(KernelProblem) -> [Tensor] {
        var given: [Tensor] = []
        given.reserveCapacity(count)
        for index in operands.indices {
            if let tensor = optional(index) { given.append(tensor) }
        }
        guard !given.isEmpty, given.count == count else { throw KernelProblem(.failed, "an input is missing") }
        return given
    }

    /// An input that must be there.
    func tensor(_ index: Int) throws(KernelProblem) -> Tensor {
        guard let tensor = optional(index) else { throw KernelProblem(.failed, "input \(index) is missing") }
        return tensor
    }

    /// An input that may be left out.
    func optional(_ index: Int) -> Tensor? {
        guard index < operands.count else { return nil }
        switch operands[index] {
        case .absent: return nil
        case .constant(let tensor), .numbers(let tensor, _): return tensor
        case .value(let number): return values?[number]
        }
    }

    /// The rows of an input that only a run knows.
    func rowCount(_ index: Int) -> Int? {
        guard index < operands.count, case .value(let number) = operands[index] else { return nil }
        return values?[number]?.shape.first
    }

    /// The elements of an input that only a run knows, where they are floats: quicker than through the tensor.
    func floats(_ index: Int) -> [Float]? {
        guard index < operands.count, case .value(let number) = operands[index],
            case .float32(let array)? = values?[number]?.elements
        else { return nil }
        return array
    }

    /// All inputs from one on, such as the values that a graph of the node reads from around it.
    func rest(from index: Int) -> [Tensor?] { (min(index, count)..<count).map { optional($0) } }

    /// An input of whole numbers that may be left out, such as axes or a shape.
    func integers(_ index: Int) throws(KernelProblem) -> [Int]? {
        if index < operands.count, case .numbers(_, let numbers) = operands[index] { return numbers }
        guard let tensor = optional(index) else { return nil }
        guard let numbers = tensor.wholeNumbers else {
            throw KernelProblem(.failed, "input \(index) is \(tensor.elementType), not whole numbers")
        }
        return numbers
    }
}

extension Arguments.Operand {
    /// The most numbers that are kept beside their tensor.
    private static let numberLimit = 64

    /// The operand in the form in which a run reads it fastest.
    var prepared: Arguments.Operand {
        guard case .constant(let tensor) = self, tensor.count <= Self.numberLimit, let numbers = tensor.wholeNumbers
        else { return self }
        return .numbers(tensor, numbers)
    }
}
