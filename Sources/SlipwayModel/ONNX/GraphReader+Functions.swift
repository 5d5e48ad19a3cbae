extension GraphReader {
    /// Checks the functions that the model defines and returns their names with their domains.
    ///
    /// Engines replace each call by the nodes of its function, so functions that call themselves, or that grow beyond
    /// the limit of nodes when all calls are replaced, are refused here.
    mutating func readFunctions() -> Set<String> {
        let definitions = model.message.functions
        guard !definitions.isEmpty else { return [] }
        var calls: [String: [ONNXNodeProto]] = [:]
        var heads: [Node] = []
        for function in definitions {
            let name = qualifiedName(function.name, domain: function.domain)
            if function.name.isEmpty { refuse("A function of the model has no name.") }
            if calls.updateValue(Self.allNodes(function.node), forKey: name) != nil {
                refuse("The model defines the function \(quoted(name)) twice.")
            }
        }
        for (name, nodes) in calls.sorted(by: { $0.key < $1.key }) {
            let called = nodes.map { qualifiedName($0.opType, domain: $0.domain) }.filter { calls[$0] != nil }
            heads.append(Node(name: name, operatorName: name, inputs: called, outputs: [name]))
        }
        switch TopologicalOrder(of: heads) {
        case .cycle(let indices):
            let shown = indices.prefix(10).map { quoted(heads[$0].name) }.joined(separator: ", ")
            refuse("The functions \(shown) call one another in a cycle.")
        case .order(let indices):
            checkGrowth(of: indices.map { heads[$0] }, calls: calls)
            guard !diagnostics.contains(where: { $0.severity == .error }) else { break }
            for function in definitions {
                functionDefinitions[qualifiedName(function.name, domain: function.domain)] = function
            }
        }
        // A domain of operators may hold functions as well, so a name that is none of them proves nothing.
        functionDomains = Set(definitions.map { canonicalDomain($0.domain) }).subtracting(Self.operatorSetVersions.keys)
        return Set(calls.keys)
    }

    /// Counts what each function comes to once all calls in it are replaced, the called ones first.
    private mutating func checkGrowth(of heads: [Node], calls: [String: [ONNXNodeProto]]) {
        var sizes: [String: Int] = [:]
        for head in heads {
            var size = max(1, calls[head.name]?.count ?? 0)
            // Each count is below twice the limit, and there are fewer calls than messages, so no sum overflows.
            for called in head.inputs { size += sizes[called] ?? 0 }
            sizes[head.name] = min(size, model.limits.nodeCount + 1)
        }
        let total = Self.allNodes(message.node).reduce(0) { total, node in
            total + (sizes[qualifiedName(node.opType, domain: node.domain)] ?? 0)
        }
        guard total > model.limits.nodeCount else { return }
        refuse(
            as: .limitExceeded,
            "The functions of the model come to more than \(model.limits.nodeCount) nodes once every call is replaced.")
    }

    /// The nodes that stand for a call of a function, with the attributes of the call in their places.
    mutating func readFunction(calledBy node: Node, _ attributes: [ONNXAttributeProto]) -> [String: Subgraph] {
        guard let function = functionDefinitions[node.qualifiedOperator] else { return [:] }
        var values = Dictionary(function.attributeProto.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for attribute in attributes { values[attribute.name] = attribute }
        let opsets = Dictionary(
            function.opsetImport.map { (canonicalDomain($0.domain), Int(clamping: $0.version)) },
            uniquingKeysWith: { first, _ in first })
        let body = tentatively { reader in
            let nodes = function.node.enumerated().map { index, node in
                reader.readNode(Self.filled(node, with: values), index: index, opsets: opsets)
            }
            return Subgraph(
                inputs: function.input, outputs: function.output, nodes: reader.ordered(nodes), opsets: opsets,
                functions: reader.functions)
        }
        return body.map { [Subgraph.functionBody: $0] } ?? [:]
    }

    /// A node of a function with references to the attributes of the function replaced by their values.
    private static func filled(_ node: ONNXNodeProto, with values: [String: ONNXAttributeProto]) -> ONNXNodeProto {
        var node = node
        node.attribute = node.attribute.compactMap { attribute in
            guard !attribute.refAttrName.isEmpty else { return attribute }
            var value = values[attribute.refAttrName]
            value?.name = attribute.name
            return value
        }
        return node
    }

    private func qualifiedName(_ name: String, domain: String) -> String {
        Node(name: name, operatorName: name, domain: canonicalDomain(domain), inputs: [], outputs: []).qualifiedOperator
    }

    /// The nodes with those of their subgraphs; the depth limit of messages bounds the recursion.
    private static func allNodes(_ nodes: [ONNXNodeProto]) -> [ONNXNodeProto] {
        nodes.flatMap { node in
            [node] + node.attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs }.flatMap { allNodes($0.node) }
        }
    }
}
