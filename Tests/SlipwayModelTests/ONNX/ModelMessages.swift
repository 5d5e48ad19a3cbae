import Foundation
import SwiftProtobuf

@testable import SlipwayModel

/// Models made of messages, so that a test can break one rule at a time.
extension ONNXModelProto {
    /// A sound model that adds a constant to its input: `y = x + one`.
    static func addition() -> ONNXModelProto {
        .with { model in
            model.irVersion = 8
            model.opsetImport = [
                .with { $0.version = 18 },
                .with {
                    $0.domain = "ai.onnx.ml"; $0.version = 3
                },
            ]
            model.graph = .with { graph in
                graph.name = "addition"
                graph.input = [.tensor("x", .float, [nil, 2])]
                graph.output = [.tensor("y", .float, [nil, 2])]
                graph.initializer = [.floats("one", [1, 1])]
                graph.node = [.operation("Add", "sum", ["x", "one"], ["y"])]
            }
        }
    }

    /// The model after a change.
    static func addition(changed change: (inout ONNXModelProto) -> Void) -> ONNXModelProto {
        var model = addition()
        change(&model)
        return model
    }

    /// Gives the model functions of the domain `own`, each a list of operators, `own.` before those that are functions.
    mutating func defineFunctions(_ functions: [(name: String, operators: [String])]) {
        opsetImport.append(
            .with {
                $0.domain = "own"; $0.version = 1
            })
        self.functions = functions.map { name, operators in
            .with { function in
                function.name = name
                function.domain = "own"
                function.node = operators.map { name in
                    let isOwn = name.hasPrefix("own.")
                    return .operation(
                        isOwn ? String(name.dropFirst(4)) : name, "", ["x"], ["y"], domain: isOwn ? "own" : "")
                }
            }
        }
    }

    /// The graph, read back from bytes.
    func read(limits: ONNXLimits = .default) throws -> Graph {
        try ONNXModel(bytes: serializedBytes(), limits: limits).graph()
    }

    /// The error that reading the model ends with.
    func refusal(limits: ONNXLimits = .default) throws -> ModelError? {
        do {
            _ = try read(limits: limits)
            return nil
        } catch let error as ModelError {
            return error
        }
    }
}

extension ONNXNodeProto {
    static func operation(
        _ name: String, _ node: String, _ inputs: [String], _ outputs: [String], domain: String = "",
        attributes: [ONNXAttributeProto] = []
    ) -> ONNXNodeProto {
        .with {
            $0.opType = name
            $0.name = node
            $0.domain = domain
            $0.input = inputs
            $0.output = outputs
            $0.attribute = attributes
        }
    }
}

extension ONNXTensorProto {
    static func floats(_ name: String, _ values: [Float]) -> ONNXTensorProto {
        .with {
            $0.name = name
            $0.dims = [Int64(values.count)]
            $0.dataType = Int32(DataType.float.rawValue)
            $0.floatData = values
        }
    }
}

extension ONNXValueInfoProto {
    static func tensor(_ name: String, _ type: ONNXTensorProto.DataType, _ shape: [Int64?]) -> ONNXValueInfoProto {
        .with { value in
            value.name = name
            value.type.tensorType.elemType = Int32(type.rawValue)
            value.type.tensorType.shape.dim = shape.map { size in
                .with { dimension in
                    if let size { dimension.dimValue = size } else { dimension.dimParam = "rows" }
                }
            }
        }
    }
}

extension ONNXAttributeProto {
    static func integer(_ name: String, _ value: Int64) -> ONNXAttributeProto {
        .with {
            $0.name = name
            $0.type = .int
            $0.i = value
        }
    }

    static func subgraph(_ name: String, _ nodes: [ONNXNodeProto], output: String) -> ONNXAttributeProto {
        .with { attribute in
            attribute.name = name
            attribute.type = .graph
            attribute.g.node = nodes
            attribute.g.output = [.with { $0.name = output }]
        }
    }
}

/// The folder of this target's fixtures.
let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")
