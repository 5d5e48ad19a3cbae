extension GraphReader {
    /// Checks that every value has one writer and every read has a writer.
    mutating func checkNames(nodes: [Node]) {
        var writers: [String: String] = [:]
        for value in message.input { writers[value.name] = "is an input of the graph" }
        for tensor in message.initializer { writers[tensor.name] = "is a constant of the graph" }
        for node in nodes {
            for output in node.outputs where !output.isEmpty {
                if let writer = writers[output] {
                    refuse(node: node.name, "The node \(quoted(node.name)) writes \(quoted(output)), which \(writer).")
                } else {
                    writers[output] = "the node \(quoted(node.name)) writes"
                }
            }
        }
        for node in nodes {
            for name in node.inputs where !name.isEmpty && writers[name] == nil {
                refuse(node: node.name, "The node \(quoted(node.name)) reads \(quoted(name)), which nothing writes.")
            }
            for name in node.captures where writers[name] == nil {
                refuse(
                    node: node.name,
                    "The subgraph of the node \(quoted(node.name)) reads \(quoted(name)), which nothing writes.")
            }
        }
        for output in message.output where !output.name.isEmpty && writers[output.name] == nil {
            refuse("The output \(quoted(output.name)) of the graph is written by no node.")
        }
    }

    /// The nodes, each after all that it reads from; those of a cycle are named in a finding.
    mutating func ordered(_ nodes: [Node]) -> [Node] {
        switch TopologicalOrder(of: nodes) {
        case .order(let indices):
            return indices.map { nodes[$0] }
        case .cycle(let indices):
            let shown = indices.prefix(10).map { quoted(nodes[$0].name) }.joined(separator: ", ")
            let rest = indices.count > 10 ? " and \(indices.count - 10) more" : ""
            refuse(node: nodes[indices[0]].name, "The nodes \(shown)\(rest) read from one another in a cycle.")
            return nodes
        }
    }
}
