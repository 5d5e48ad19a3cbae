import Foundation
import SlipwayData
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct ColumnOriginsTests {
    @Test(arguments: ["encoded-boosting", "encoded-logistic"])
    func columnsOfEncodersGoBackToTheirFields(_ name: String) throws {
        let fixture = try ExplanationFixture(name)
        let origins = ColumnOrigins(fixture.graph, signature: fixture.model.signature)
        let estimator = try #require(
            fixture.graph.nodes.first { ["TreeEnsembleClassifier", "LinearClassifier"].contains($0.operatorName) })
        #expect(origins.fieldPerColumn(of: estimator.inputs[0]) == [0, 1, 2, 3, 3, 3, 4, 4])
    }

    @Test func everyOriginIsTrueAndNoneIsMissed() throws {
        // What a column goes back to is all that can change it.
        for name in ["encoded-boosting", "lightgbm-file"] {
            let fixture = try ExplanationFixture(name)
            let signature = fixture.model.signature
            let origins = ColumnOrigins(fixture.graph, signature: signature)
            let estimator = try #require(fixture.graph.nodes.first { $0.operatorName.hasPrefix("TreeEnsemble") })
            let fields = try #require(origins.fieldPerColumn(of: estimator.inputs[0]))
            let input = try EstimatorInput(fixture.graph, signature: signature, value: estimator.inputs[0])
            let rows = fixture.rows
            for field in signature.inputs.indices {
                for (row, other) in zip(rows, rows.dropFirst()) {
                    var changed = row
                    changed[field] = other[field]
                    let (before, after) = (try input.columns(of: [row]), try input.columns(of: [changed]))
                    for column in fields.indices where fields[column] != field {
                        let pair = (before.numbers[column], after.numbers[column])
                        #expect(pair.0 == pair.1 || pair.0.isNaN && pair.1.isNaN)
                    }
                }
            }
        }
    }

    @Test(arguments: [
        ("Concat", ["x", "y"], ["axis": Attribute.integer(1)], [[0], [1], [2], [3]]),
        ("Concat", ["y", "x"], ["axis": .integer(-1)], [[2], [3], [0], [1]]),
        ("Add", ["x", "y"], [:], [[0, 2], [1, 3]]),
        ("Mul", ["x", "scale"], [:], [[0], [1]]),
        ("Gather", ["x", "places"], ["axis": .integer(1)], [[1], [0], [1]]),
        ("ArrayFeatureExtractor", ["x", "places"], [:], [[1], [0], [1]]),
        ("OneHotEncoder", ["x"], ["cats_int64s": .integers([1, 2, 3])], [[0], [0], [0], [1], [1], [1]]),
        ("Slice", ["x", "one", "two", "one"], [:], [[1]]),
        ("Reshape", ["x", "shape"], [:], [[0], [1]]),
    ])
    func eachOperatorMovesColumnsAsItShould(
        _ name: String, _ inputs: [String], _ attributes: [String: Attribute], _ fields: [[Int]]
    ) throws {
        #expect(Self.origins(name, inputs, attributes).rows["z"]?.fields == fields)
    }

    @Test(arguments: [
        ("Gather", ["x", "rows"], ["axis": Attribute.integer(1)]), ("Gather", ["x", "places"], ["axis": .integer(0)]),
        ("Reshape", ["x", "rows"], [:]), ("MatMul", ["x", "matrix"], [:]), ("Softmax", ["x"], [:]),
        ("Concat", ["x", "y"], ["axis": .integer(0)]), ("Add", ["x", "matrix"], [:]), ("Clip", ["x", "y"], [:]),
        ("Squeeze", ["x", "one"], [:]), ("Split", ["x", "huge"], ["axis": .integer(1)]),
        ("Reshape", ["x", "huge"], [:]),
    ])
    func whatIsNotFollowedHasNoOrigins(
        _ name: String, _ inputs: [String], _ attributes: [String: Attribute]
    ) throws {
        #expect(Self.origins(name, inputs, attributes).rows["z"] == nil)
    }

    /// A graph of one operator over two inputs of two columns each, fields 0 to 3.
    private static func origins(
        _ name: String, _ inputs: [String], _ attributes: [String: Attribute]
    ) -> ColumnOrigins {
        func whole(_ numbers: [Int64]) -> Tensor { Tensor(shape: [numbers.count], elements: .int64(numbers)) }
        let values = ["x", "y"].map { GraphValue(name: $0, type: .tensor(.float32, shape: [nil, 2])) }
        let graph = Graph(
            name: "one", inputs: values, outputs: [GraphValue(name: "z", type: .tensor(.float32, shape: nil))],
            nodes: [
                Node(name: "node", operatorName: name, inputs: inputs, outputs: ["z"], attributes: attributes)
            ],
            initializers: [
                "scale": Tensor(shape: [1, 2], elements: .float32([2, 3])),
                "matrix": Tensor(shape: [2, 2], elements: .float32([1, 2, 3, 4])), "places": whole([1, 0, 1]),
                "one": whole([1]), "two": whole([2]), "shape": whole([-1, 2]), "rows": whole([0, 7]),
                "huge": whole([Int64.max, Int64.max]),
            ], opsets: ["": 15])
        let fields = ["x", "y"].flatMap { input in
            (0..<2).map { index in
                InputField(
                    name: "\(input)\(index)", type: .number, slot: .init(input: input, index: index),
                    elementType: .float32)
            }
        }
        return ColumnOrigins(
            graph, signature: Signature(inputs: fields, outputs: [], task: Signature.Task(kind: .other)))
    }
}
