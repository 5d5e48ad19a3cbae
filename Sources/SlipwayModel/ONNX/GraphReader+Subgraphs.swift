extension GraphReader {
    /// The graphs that a node holds, by the attribute that holds each.
    ///
    /// One that breaks a rule is left out without a finding: an engine that reads the file itself may still run it.
    mutating func readSubgraphs(_ attributes: [ONNXAttributeProto], opsets: [String: Int]) -> [String: Subgraph] {
        var result: [String: Subgraph] = [:]
        for attribute in attributes where attribute.type == .graph && attribute.hasG {
            result[attribute.name] = tentatively { $0.readSubgraph(attribute.g, opsets: opsets) }
        }
        return result
    }

    /// Recursion is as deep as messages are nested, which the depth limit bounds.
    private mutating func readSubgraph(_ graph: ONNXGraphProto, opsets: [String: Int]) -> Subgraph {
        if !graph.sparseInitializer.isEmpty { refuse("A subgraph has sparse constants.") }
        var initializers: [String: Tensor] = [:]
        var narrowTypes: [String: ElementType] = [:]
        for tensor in graph.initializer {
            initializers[tensor.name] = readTensor(tensor, of: "The constant \(quoted(tensor.name))", node: nil)
            narrowTypes[tensor.name] = ElementType(rawValue: Int(tensor.dataType))?.narrow
        }
        for input in graph.input {
            narrowTypes[input.name] = ElementType(rawValue: Int(input.type.tensorType.elemType))?.narrow
        }
        let nodes = graph.node.enumerated().map { readNode($1, index: $0, opsets: opsets) }
        return Subgraph(
            inputs: graph.input.map(\.name), outputs: graph.output.map(\.name), nodes: ordered(nodes),
            initializers: initializers, narrowTypes: narrowTypes, opsets: opsets, functions: functions)
    }
}
