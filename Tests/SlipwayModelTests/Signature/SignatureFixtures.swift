import Foundation
import SlipwayData

@testable import SlipwayModel

/// Graphs and rows from which signatures are derived.
enum SignatureFixtures {
    /// The graph of a fixture that the engines share.
    static func graph(_ name: String) throws -> Graph {
        let file = folder.appendingPathComponent(name).appendingPathComponent("model.onnx")
        return try ONNXModel(contentsOf: file.path).graph()
    }

    /// The names of all those fixtures.
    static var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    /// A graph with one wide input `x` and one output, without nodes unless given.
    static func wide(
        _ width: Int?, type: ElementType = .float32, metadata: [String: String] = [:],
        outputs: [GraphValue] = [GraphValue(name: "y", type: .tensor(.float32, shape: [nil, 1]))], nodes: [Node] = []
    ) -> Graph {
        Graph(
            name: "wide", inputs: [GraphValue(name: "x", type: .tensor(type, shape: [nil, width]))], outputs: outputs,
            nodes: nodes, initializers: [:], opsets: ["": 18], metadata: metadata)
    }

    /// A signature of one field per type: a number, a whole number, a truth value, and a text.
    static func mixed() throws -> Signature {
        let inputs: [(String, ElementType)] = [
            ("charge", .float32), ("months", .int32), ("member", .bool), ("plan", .string),
        ]
        let graph = Graph(
            name: "mixed", inputs: inputs.map { GraphValue(name: $0.0, type: .tensor($0.1, shape: [nil, 1])) },
            outputs: [GraphValue(name: "y", type: .tensor(.float32, shape: [nil, 1]))], nodes: [], initializers: [:],
            opsets: ["": 18])
        return try Signature(
            deriving: graph,
            options: SignatureOptions(overrides: [
                "charge": FieldOverride(isRequired: false, minimum: 0, maximum: 100),
                "months": FieldOverride(defaultValue: .integer(12)),
                "plan": FieldOverride(categories: [.string("basic"), .string("plus")]),
            ]))
    }

    /// A table of numbers, the columns named as given, each counting up from 1.
    static func numbers(_ names: [String], rows: Int = 5) throws -> Table {
        try Table(columns: names.map { Column(name: $0, values: .numbers((1...rows).map { Double($0) / 2 })) })
    }

    private static let folder = fixtures.deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/engines")
}
