import Foundation
import SwiftProtobuf

extension Graph {
    /// The names of all values that nodes compute, in the order in which they do; sequences are left out, which are no
    /// tensors.
    var computedValues: [String] {
        nodes.filter { !Self.sequenceOperators.contains($0.operatorName) && !functions.contains($0.qualifiedOperator) }
            .flatMap(\.outputs).filter { !$0.isEmpty }
    }

    private static let sequenceOperators: Set<String> = [
        "Optional", "OptionalGetElement", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert",
        "SequenceMap", "SplitToSequence", "If", "Loop", "Scan",
    ]

    /// The graph with these values as its outputs, for every engine: the bytes of the model say so too.
    ///
    /// Engines find out the types of values that are declared by their name alone.
    ///
    /// - Throws: ``ModelError`` when the bytes cannot be written.
    /// - Complexity: O(bytes).
    func showing(_ names: [String]) throws(ModelError) -> Graph {
        var graph = self
        graph.outputs = names.map(declared)
        guard !source.isEmpty else { return graph }
        do {
            var message = try ONNXModelProto(serializedBytes: source)
            let known = message.graph.output
            message.graph.output = names.map { name in
                known.first { $0.name == name } ?? .with { $0.name = name }
            }
            graph.source = try message.serializedData()
        } catch {
            throw ModelError(.invalidGraph, "the model cannot be written with all of its values as outputs")
        }
        return graph
    }

    /// The graph with these values as its outputs and no node that they do not need; it has no bytes.
    package func cut(to names: [String]) -> Graph {
        var wanted = Set(names)
        var kept: [Node] = []
        for node in nodes.reversed() where node.outputs.contains(where: wanted.contains) {
            wanted.formUnion((node.inputs + node.captures).filter { !$0.isEmpty })
            kept.append(node)
        }
        var graph = self
        graph.nodes = kept.reversed()
        graph.initializers = initializers.filter { wanted.contains($0.key) }
        graph.outputs = names.map(declared)
        graph.source = Data()
        return graph
    }

    /// The graph of one node, whose inputs are these values; `nil` for a node that needs more of the graph than values.
    ///
    /// - Throws: ``ModelError`` when the bytes cannot be written.
    /// - Complexity: O(bytes).
    func alone(_ node: Node, reading values: [String: Tensor]) throws(ModelError) -> Graph? {
        guard !node.hasSubgraph, !functions.contains(node.qualifiedOperator) else { return nil }
        let names = Set(node.inputs.filter { !$0.isEmpty })
        let read = names.subtracting(initializers.keys).sorted()
        guard read.allSatisfy({ values[$0] != nil }) else { return nil }
        var graph = self
        graph.nodes = [node]
        graph.initializers = initializers.filter { names.contains($0.key) }
        graph.inputs = read.compactMap { name in
            values[name].map { GraphValue(name: name, type: .tensor($0.elementType, shape: $0.shape)) }
        }
        graph.outputs = node.outputs.filter { !$0.isEmpty }.map(declared)
        guard !source.isEmpty else { return graph }
        do {
            var message = try ONNXModelProto(serializedBytes: source)
            message.graph.node = message.graph.node.filter { $0.output == node.outputs }
            message.graph.initializer = message.graph.initializer.filter { names.contains($0.name) }
            message.graph.input = graph.inputs.map(ONNXValueInfoProto.init)
            message.graph.output = graph.outputs.map { output in .with { $0.name = output.name } }
            graph.source = try message.serializedData()
        } catch {
            throw ModelError(.invalidGraph, "node '\(node.name)' cannot be written as a model")
        }
        return graph
    }

    private func declared(_ name: String) -> GraphValue {
        outputs.first { $0.name == name } ?? GraphValue(name: name, type: .tensor(.float32, shape: nil))
    }
}

extension ONNXValueInfoProto {
    /// A tensor of a fixed shape.
    fileprivate init(_ value: GraphValue) {
        self.init()
        name = value.name
        guard case .tensor(let elementType, let shape) = value.type else { return }
        type.tensorType.elemType = Int32(elementType.rawValue)
        type.tensorType.shape.dim = (shape ?? []).map { size in .with { $0.dimValue = Int64(size ?? 0) } }
    }
}
