extension Signature {
    /// Why the slots of the fields do not fill the inputs of a graph, or `nil` when they do.
    func problem(for graph: Graph) -> String? {
        var indices: [String: [Int]] = [:]
        for field in inputs {
            guard let input = graph.inputs.first(where: { $0.name == field.slot.input }) else {
                return "field '\(field.name)' fills '\(field.slot.input)', which is no input"
            }
            guard case .tensor(field.elementType, _) = input.type, field.elementType.accepts(field.type) else {
                return "field '\(field.name)' is of another type than input '\(input.name)'"
            }
            indices[input.name, default: []].append(field.slot.index)
        }
        for input in graph.inputs {
            let filled = indices[input.name, default: []].sorted()
            guard filled == Array(filled.indices), !filled.isEmpty, input.rowShape(width: filled.count) != nil
            else {
                return "the fields do not fill input '\(input.name)'"
            }
        }
        return Set(inputs.map(\.name)).count == inputs.count ? nil : "a name of a field repeats"
    }
}
