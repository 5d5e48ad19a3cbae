import Foundation
import SlipwayTesting
import SwiftProtobuf
import Testing

@testable import SlipwayModel

struct ONNXModelTests {
    @Test func aSoundModelBecomesItsGraph() throws {
        let graph = try ONNXModelProto.addition().read()
        #expect(graph.inputs == [GraphValue(name: "x", type: .tensor(.float32, shape: [nil, 2]))])
        #expect(graph.outputs.map(\.name) == ["y"])
        #expect(graph.nodes == [Node(name: "sum", operatorName: "Add", inputs: ["x", "one"], outputs: ["y"])])
        #expect(graph.initializers == ["one": Tensor(shape: [2], elements: .float32([1, 1]))])
        #expect(graph.opsets == ["": 18, "ai.onnx.ml": 3])
    }

    @Test func theGraphKeepsTheBytesItWasReadFrom() throws {
        let bytes = try Data(contentsOf: fixtures.appendingPathComponent("pipeline.onnx"))
        #expect(try ONNXModel(bytes: bytes).graph().source == bytes)
    }

    @Test func aPipelineFromScikitLearnIsRead() throws {
        let model = try ONNXModel(contentsOf: fixtures.appendingPathComponent("pipeline.onnx").path)
        #expect(model.diagnostics().isEmpty)
        let graph = try model.graph()
        #expect(graph.inputs.map(\.name) == ["tenure", "charges", "contract"])
        #expect(graph.inputs.map(\.type.elementType) == [.float32, .float32, .string])
        #expect(graph.outputs.last?.type == .sequenceOfMaps(key: .string, value: .float32))
        #expect(graph.metadata["producer_name"] == "skl2onnx")
        #expect(graph.nodes.contains { $0.qualifiedOperator == "ai.onnx.ml.Scaler" })
    }

    @Test func branchesAreFlaggedWithTheValuesThatTheyRead() throws {
        let graph = try ONNXModel(contentsOf: fixtures.appendingPathComponent("branches.onnx").path).graph()
        let choice = try #require(graph.nodes.first { $0.operatorName == "If" })
        #expect(choice.hasSubgraph)
        #expect(choice.captures == ["x"])
        #expect(choice.attributes.isEmpty)
    }

    @Test func valuesReadOnlyByASubgraphComeBeforeIt() throws {
        let model = ONNXModelProto.addition { model in
            let inner = ONNXNodeProto.operation("Identity", "inner", ["late"], ["z"])
            model.graph.node.insert(
                .operation("If", "choose", ["x"], ["w"], attributes: [.subgraph("then_branch", [inner], output: "z")]),
                at: 0)
            model.graph.node.append(.operation("Neg", "writer", ["x"], ["late"]))
        }
        #expect(try model.read().nodes.map(\.name) == ["writer", "choose", "sum"])
    }

    @Test func constantsOfEveryElementTypeAreDecodedAsTheReferenceDoes() throws {
        let graph = try ONNXModel(contentsOf: fixtures.appendingPathComponent("constants.onnx").path).graph()
        let file = try Data(contentsOf: fixtures.appendingPathComponent("constants.json"))
        let expected = try FixtureReader.object(JSONSerialization.jsonObject(with: file), in: "constants")
        #expect(graph.initializers.count == 27)
        #expect(Set(graph.initializers.keys) == Set(expected.keys))
        for (name, described) in expected {
            #expect(graph.initializers[name] == (try FixtureReader.tensor(described, in: name)), "\(name)")
        }
    }

    @Test func aConstantThatIsAlsoAnInputNeedNotBeGiven() throws {
        let model = ONNXModelProto.addition { $0.graph.input.append(.tensor("one", .float, [2])) }
        #expect(try model.read().inputs.map(\.name) == ["x"])
    }

    @Test func nodesWithoutNamesAreNamedByOperatorAndPlace() throws {
        let model = ONNXModelProto.addition { $0.graph.node[0].name = "" }
        #expect(try model.read().nodes.map(\.name) == ["Add#0"])
    }

    @Test func aForeignDomainIsAWarningThatNamesNodeAndOperator() throws {
        let model = ONNXModelProto.addition {
            $0.opsetImport.append(
                .with {
                    $0.domain = "com.microsoft"; $0.version = 1
                })
            $0.graph.node[0].domain = "com.microsoft"
        }
        let diagnostics = try ONNXModel(bytes: model.serializedBytes()).diagnostics()
        #expect(diagnostics.map(\.severity) == [.warning])
        #expect(diagnostics.map(\.node) == ["sum"])
        #expect(diagnostics.first?.message.contains("'com.microsoft.Add'") == true)
        #expect(try model.read().nodes.map(\.domain) == ["com.microsoft"])
    }

    @Test func functionsOfTheModelAreNamedAndLeftToEngines() throws {
        let model = ONNXModelProto.addition {
            $0.defineFunctions([("Twice", ["own.Once", "own.Once"]), ("Once", ["Neg"])])
            $0.graph.node[0].domain = "own"
            $0.graph.node[0].opType = "Twice"
        }
        let graph = try model.read()
        #expect(graph.functions == ["own.Twice", "own.Once"])
        #expect(graph.nodes.map(\.qualifiedOperator) == ["own.Twice"])
        let findings = try ONNXModel(bytes: model.serializedBytes()).diagnostics()
        #expect(findings.map(\.severity) == [.warning])
    }

    @Test func theErrorListsAllFindings() throws {
        let error = try ONNXModelProto.addition {
            $0.graph.node[0].input = ["ghost", "phantom"]
        }.refusal()
        #expect(error?.message.contains("'ghost'") == true)
        #expect(error?.message.contains("Also:") == true)
        #expect(error?.message.contains("'phantom'") == true)
    }

    @Test func findingsAreBounded() throws {
        let model = ONNXModelProto.addition { model in
            model.graph.node += (0..<1000).map { .operation("Neg", "n\($0)", ["ghost\($0)"], ["v\($0)"]) }
        }
        let findings = try ONNXModel(bytes: model.serializedBytes()).diagnostics()
        #expect(findings.count == GraphReader.diagnosticLimit)
    }

    @Test func anErrorBehindManyWarningsStillRefuses() throws {
        let error = try ONNXModelProto.addition { model in
            model.opsetImport.append(
                .with {
                    $0.domain = "com.acme"; $0.version = 1
                })
            model.graph.node += (0..<1000).map {
                .operation("Neg", "n\($0)", ["x"], ["v\($0)"], domain: "com.acme")
            }
            model.graph.output[0].name = "ghost"
        }.refusal()
        #expect(error?.message.contains("'ghost'") == true)
    }

    @Test func longNamesAreCutInMessages() throws {
        let name = String(repeating: "x", count: 100_000)
        let error = try ONNXModelProto.addition { $0.graph.node[0].input[0] = name }.refusal()
        #expect(try #require(error).message.count < 1000)
    }

    @Test(arguments: [Data(), Data("not a model".utf8), Data([0xFF, 0xFF, 0xFF])])
    func bytesThatAreNoModelAreMalformed(bytes: Data) {
        #expect { try ONNXModel(bytes: bytes) } throws: { ($0 as? ModelError)?.kind == .malformedModel }
    }

    @Test func aTruncatedModelSaysSo() throws {
        let bytes = try Data(contentsOf: fixtures.appendingPathComponent("pipeline.onnx"))
        #expect { try ONNXModel(bytes: bytes.prefix(bytes.count / 2)) } throws: {
            ($0 as? ModelError)?.message.contains("too early") == true
        }
    }

    @Test func messagesNestedTooDeepAreRefusedNotFollowed() throws {
        var graph = ONNXGraphProto()
        for _ in 0..<200 {
            let inner = graph
            graph = .with { $0.node = [.with { $0.attribute = [.with { $0.g = inner }] }] }
        }
        let bytes: Data = try ONNXModelProto.with { $0.graph = graph }.serializedBytes()
        #expect { try ONNXModel(bytes: bytes) } throws: { ($0 as? ModelError)?.message.contains("64 deep") == true }
    }

    @Test(arguments: [[], [0x0B, 0x0C]] as [[UInt8]])
    func aFileOfEmptyMessagesIsRefusedBeforeItIsParsed(prefix: [UInt8]) throws {
        // Field 7 holds two million times field 1 with no bytes; the prefix is an empty group, which readers skip.
        let emptyNodes = Data((0..<2_000_000).flatMap { _ in [0x0A, 0x00] as [UInt8] })
        let bytes = Data(prefix + [0x3A, 0x80, 0x92, 0xF4, 0x01]) + emptyNodes
        #expect { try ONNXModel(bytes: bytes, limits: ONNXLimits(messageCount: 1_000_000)) } throws: {
            ($0 as? ModelError)?.kind == .limitExceeded
        }
    }

    @Test func limitsAreKept() throws {
        let model = ONNXModelProto.addition()
        #expect(try model.refusal(limits: ONNXLimits(byteCount: 10))?.kind == .limitExceeded)
        // The graph, two operator sets, a constant, and a node, and for each of two values itself, its type, the tensor
        // type within, its shape, and two dimensions make 17.
        #expect(try model.refusal(limits: ONNXLimits(messageCount: 16))?.kind == .limitExceeded)
        #expect(try model.refusal(limits: ONNXLimits(messageCount: 17)) == nil)
        #expect(try model.refusal(limits: ONNXLimits(nodeCount: 0))?.kind == .limitExceeded)
        #expect(try model.refusal(limits: ONNXLimits(dimension: 1))?.kind == .limitExceeded)
        #expect(try model.refusal(limits: ONNXLimits(decodedByteCount: 7))?.kind == .limitExceeded)
        #expect(try model.refusal(limits: ONNXLimits(decodedByteCount: 8)) == nil)
    }

    @Test func anAbsentFileIsNamed() {
        #expect { try ONNXModel(contentsOf: "/no/such/model.onnx") } throws: {
            let error = $0 as? ModelError
            return error?.kind == .unreadable && error?.message.contains("/no/such/model.onnx") == true
        }
    }
}
