import SlipwayModel

/// The type of an output, where it may be narrower than the form in which tensors keep it.
enum ResultType: Equatable, Sendable {
    /// That of the first input with a narrow type, as for all operators whose inputs have one type in common.
    case shared
    /// That of one input.
    case input(Int)
    /// The one that an attribute names.
    case attribute(String)
    /// One that tensors keep as it is.
    case stored
}

extension OperatorCatalog.Entry {
    /// The narrow type of each output of a node; `nil` for one that tensors keep as it is.
    ///
    /// - Parameter inputs: The narrow types of the inputs.
    func resultTypes(_ context: NodeContext, inputs: [ElementType?]) throws(KernelProblem) -> [ElementType?] {
        var types: [ElementType?] = []
        for index in context.node.outputs.indices {
            switch results[min(index, results.count - 1)] {
            case .shared: types.append(inputs.lazy.compactMap { $0 }.first)
            case .input(let input): types.append(input < inputs.count ? inputs[input] : nil)
            case .attribute(let name):
                types.append(try context.integer(name).flatMap { ElementType(rawValue: $0)?.narrow })
            case .stored: types.append(nil)
            }
        }
        return types
    }
}
