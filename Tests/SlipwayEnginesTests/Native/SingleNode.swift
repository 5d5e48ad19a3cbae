import SlipwayEngines
import SlipwayModel

/// A graph of one node, for claims about one operator.
struct SingleNode {
    var operatorName: String
    var domain = ""
    var attributes: [String: Attribute] = [:]
    var outputCount = 1
    var opsets = ["": 18, "ai.onnx.ml": 3]

    static func learning(_ name: String, _ attributes: [String: Attribute], outputs: Int = 1) -> SingleNode {
        SingleNode(operatorName: name, domain: "ai.onnx.ml", attributes: attributes, outputCount: outputs)
    }

    /// The graph, with inputs of open shape.
    func graph(of inputs: [Tensor]) -> Graph {
        let names = inputs.indices.map { "input\($0)" }
        let outputs = (0..<outputCount).map { "output\($0)" }
        let node = Node(
            name: "the node", operatorName: operatorName, domain: domain, inputs: names, outputs: outputs,
            attributes: attributes)
        return Graph(
            name: "single",
            inputs: zip(names, inputs).map { GraphValue(name: $0, type: .tensor($1.elementType, shape: nil)) },
            outputs: outputs.map { GraphValue(name: $0, type: .tensor(.float32, shape: nil)) },
            nodes: [node], initializers: [:], opsets: opsets)
    }

    /// Loads the graph without running it.
    func load() throws(ModelError) {
        _ = try NativeEngine().load(graph(of: [Tensor(shape: [1, 1], elements: .float32([0]))]))
    }

    /// The outputs for some inputs.
    func run(_ inputs: Tensor...) throws(ModelError) -> [Tensor] {
        let predictor = try NativeEngine().load(graph(of: inputs))
        let named = Dictionary(uniqueKeysWithValues: inputs.enumerated().map { ("input\($0)", $1) })
        return try predictor.predict(named).map(\.tensor)
    }
}

extension Tensor {
    static func floats(_ values: [Float], _ shape: Int...) -> Tensor {
        Tensor(shape: shape.isEmpty ? [values.count] : shape, elements: .float32(values))
    }

    static func doubles(_ values: [Double], _ shape: Int...) -> Tensor {
        Tensor(shape: shape.isEmpty ? [values.count] : shape, elements: .float64(values))
    }

    static func integers(_ values: [Int64], _ shape: Int...) -> Tensor {
        Tensor(shape: shape.isEmpty ? [values.count] : shape, elements: .int64(values))
    }

    static func texts(_ values: [String], _ shape: Int...) -> Tensor {
        Tensor(shape: shape.isEmpty ? [values.count] : shape, elements: .string(values))
    }
}
