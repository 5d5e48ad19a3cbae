import Foundation

extension GraphReader {
    /// Converts the nodes in the order of the file.
    mutating func readNodes(opsets: [String: Int]) -> [Node] {
        guard message.node.count <= model.limits.nodeCount else {
            refuse(
                as: .limitExceeded,
                "The graph has \(message.node.count) nodes; the limit is \(model.limits.nodeCount).")
            return []
        }
        var nodes: [Node] = []
        nodes.reserveCapacity(message.node.count)
        for (index, node) in message.node.enumerated() {
            nodes.append(readNode(node, index: index, opsets: opsets))
        }
        return nodes
    }

    mutating func readNode(_ node: ONNXNodeProto, index: Int, opsets: [String: Int]) -> Node {
        let name = node.name.isEmpty ? "\(node.opType)#\(index)" : node.name
        if node.opType.isEmpty { refuse(node: name, "The node \(quoted(name)) names no operator.") }
        let subgraphs = node.attribute.flatMap { ($0.hasG ? [$0.g] : []) + $0.graphs }
        var result = Node(
            name: name, operatorName: node.opType, domain: canonicalDomain(node.domain), inputs: node.input,
            outputs: node.output, attributes: readAttributes(node.attribute, node: name),
            hasSubgraph: !subgraphs.isEmpty, captures: captures(of: subgraphs),
            subgraphs: readSubgraphs(node.attribute, opsets: opsets))
        checkDomain(of: result, opsets: opsets)
        result.subgraphs.merge(readFunction(calledBy: result, node.attribute)) { first, _ in first }
        return result
    }

    private mutating func checkDomain(of node: Node, opsets: [String: Int]) {
        let what = "The node \(quoted(node.name)) uses \(quoted(node.qualifiedOperator))"
        if opsets[node.domain] == nil, !opsets.isEmpty {
            refuse(node: node.name, "\(what), but the model names no operator set for that domain.")
        } else if functions.contains(node.qualifiedOperator) {
            warn(node: node.name, "\(what), a function of the model's own that only some engines run.")
        } else if functionDomains.contains(node.domain) {
            refuse(node: node.name, "\(what), but the model defines no such function.")
        } else if Self.operatorSetVersions[node.domain] == nil {
            warn(node: node.name, "\(what) of a domain that only some engines know.")
        }
    }

    private mutating func readAttributes(_ attributes: [ONNXAttributeProto], node: String) -> [String: Attribute] {
        var result: [String: Attribute] = [:]
        var seen: Set<String> = []
        for attribute in attributes {
            let owner = "The attribute \(quoted(attribute.name)) of the node \(quoted(node))"
            if attribute.name.isEmpty { refuse(node: node, "An attribute of the node \(quoted(node)) has no name.") }
            if !seen.insert(attribute.name).inserted { refuse(node: node, "\(owner) is given twice.") }
            result[attribute.name] = readAttribute(attribute, of: owner, node: node)
        }
        return result
    }

    /// One attribute; `nil` for a subgraph, which nodes do not hold, and after a finding.
    private mutating func readAttribute(_ attribute: ONNXAttributeProto, of owner: String, node: String) -> Attribute? {
        if !attribute.refAttrName.isEmpty {
            refuse(node: node, "\(owner) refers to an attribute of a function, but it is in none.")
            return nil
        }
        switch attribute.type {
        case .float where attribute.hasF: return .float(attribute.f)
        case .int where attribute.hasI: return .integer(attribute.i)
        case .string where attribute.hasS:
            return readText(attribute.s, of: owner, node: node).map(Attribute.string)
        case .tensor where attribute.hasT:
            return readTensor(attribute.t, of: owner, node: node).map(Attribute.tensor)
        case .floats: return .floats(attribute.floats)
        case .ints: return .integers(attribute.ints)
        case .strings:
            return readTexts(attribute.strings, of: owner, node: node).map(Attribute.strings)
        case .graph where attribute.hasG, .graphs: return nil
        case .float, .int, .string, .tensor, .graph:
            refuse(node: node, "\(owner) does not hold the \(attribute.type) that it declares.")
        case .undefined:
            refuse(node: node, "\(owner) declares no type.")
        case .tensors, .sparseTensor, .sparseTensors, .typeProto, .typeProtos:
            refuse(
                as: .unsupportedModel, node: node,
                "\(owner) is of the kind \(attribute.type), which Slipway does not read.")
        case .UNRECOGNIZED(let number):
            refuse(as: .unsupportedModel, node: node, "\(owner) has the unknown type \(number).")
        }
        return nil
    }

    /// Texts, of which the same few may come again and again, as the modes of tree nodes do.
    private mutating func readTexts(_ list: [Data], of owner: String, node: String) -> [String]? {
        var texts: [String] = []
        texts.reserveCapacity(list.count)
        var isWhole = true
        var latest: (bytes: Data, text: String)?
        var latestOther: (bytes: Data, text: String)?
        for bytes in list {
            if let latest, latest.bytes == bytes {
                texts.append(latest.text)
                continue
            }
            if let other = latestOther, other.bytes == bytes {
                (latest, latestOther) = (other, latest)
                texts.append(other.text)
                continue
            }
            guard let text = readText(bytes, of: owner, node: node) else {
                isWhole = false
                continue
            }
            (latest, latestOther) = ((bytes, text), latest)
            texts.append(text)
        }
        return isWhole ? texts : nil
    }

    private mutating func readText(_ bytes: some Collection<UInt8>, of owner: String, node: String) -> String? {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        refuse(node: node, "\(owner) is not UTF-8 text.")
        return nil
    }

    /// The names that subgraphs read from the graphs around them, each once, in order of first use.
    private func captures(of subgraphs: [ONNXGraphProto]) -> [String] {
        var found: [String] = []
        for subgraph in subgraphs { collectCaptures(of: subgraph, known: [], into: &found) }
        var seen: Set<String> = []
        return found.filter { seen.insert($0).inserted }
    }

    /// Recursion is as deep as messages are nested, which the depth limit bounds.
    private func collectCaptures(of graph: ONNXGraphProto, known outer: Set<String>, into found: inout [String]) {
        var known = outer
        known.formUnion(graph.input.map(\.name))
        known.formUnion(graph.initializer.map(\.name))
        known.formUnion(graph.node.flatMap(\.output))
        let reads = graph.node.flatMap(\.input) + graph.output.map(\.name)
        found += reads.filter { !$0.isEmpty && !known.contains($0) }
        for attribute in graph.node.flatMap(\.attribute) {
            if attribute.hasG { collectCaptures(of: attribute.g, known: known, into: &found) }
            for inner in attribute.graphs { collectCaptures(of: inner, known: known, into: &found) }
        }
    }
}
