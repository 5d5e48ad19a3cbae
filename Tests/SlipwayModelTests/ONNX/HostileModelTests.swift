import Foundation
import SwiftProtobuf
import Testing

@testable import SlipwayModel

/// A model that breaks one rule, and the words that its refusal must hold.
struct HostileModel: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var kind: ModelError.Code = .invalidGraph
    var words: [String]
    var change: @Sendable (inout ONNXModelProto) -> Void

    init(
        _ rule: String, _ kind: ModelError.Code = .invalidGraph, words: [String],
        change: @escaping @Sendable (inout ONNXModelProto) -> Void
    ) {
        testDescription = rule
        self.kind = kind
        self.words = words
        self.change = change
    }
}

struct HostileModelTests {
    static let header = [
        HostileModel("no format version", words: ["format (IR) version", "3 to 13"]) { $0.clearIrVersion() },
        HostileModel("a format version of tomorrow", .unsupportedModel, words: ["version 99", "3 to 13"]) {
            $0.irVersion = 99
        },
        HostileModel("no operator set", words: ["no operator set"]) { $0.opsetImport = [] },
        HostileModel("an operator set of tomorrow", .unsupportedModel, words: ["27", "ai.onnx", "1 to 26"]) {
            $0.opsetImport[0].version = 27
        },
        HostileModel("a learning operator set of tomorrow", .unsupportedModel, words: ["6", "'ai.onnx.ml'", "1 to 5"]) {
            $0.opsetImport[1].version = 6
        },
        HostileModel("two versions of one operator set", words: ["two versions", "18", "17"]) {
            $0.opsetImport.append(
                .with {
                    $0.domain = "ai.onnx"; $0.version = 17
                })
        },
        HostileModel("a domain without operator set", words: ["'sum'", "'com.acme.Add'", "no operator set"]) {
            $0.graph.node[0].domain = "com.acme"
        },
    ]

    static let functions = [
        HostileModel("a call of no function", words: ["'sum'", "'own.Add'", "no such function"]) {
            $0.defineFunctions([("Twice", ["Neg"])])
            $0.graph.node[0].domain = "own"
        },
        HostileModel("a function given twice", words: ["'own.Twice'", "twice"]) {
            $0.defineFunctions([("Twice", ["Neg"]), ("Twice", ["Abs"])])
        },
        HostileModel("a function without a name", words: ["no name"]) { $0.defineFunctions([("", ["Neg"])]) },
        HostileModel("a function that calls itself", words: ["'own.Twice'", "cycle"]) {
            $0.defineFunctions([("Twice", ["own.Twice"])])
        },
        HostileModel("functions that call one another", words: ["'own.A'", "'own.B'", "cycle"]) {
            $0.defineFunctions([("A", ["own.B"]), ("B", ["own.A"])])
        },
        HostileModel("functions that double forty times", .limitExceeded, words: ["functions", "1000000 nodes"]) {
            $0.defineFunctions(
                (0..<40).map { ("F\($0)", ["own.F\($0 + 1)", "own.F\($0 + 1)"]) } + [("F40", ["Neg"])])
            $0.graph.node[0].domain = "own"
            $0.graph.node[0].opType = "F0"
        },
    ]

    static let names = [
        HostileModel("a read that nothing writes", words: ["'sum'", "reads 'ghost'", "nothing writes"]) {
            $0.graph.node[0].input[1] = "ghost"
        },
        HostileModel("a missing constant", words: ["'sum'", "'one'", "nothing writes"]) { $0.graph.initializer = [] },
        HostileModel("an output that nothing writes", words: ["output 'z'", "no node"]) {
            $0.graph.output[0].name = "z"
        },
        HostileModel("a name written twice", words: ["'again'", "'y'", "the node 'sum' writes"]) {
            $0.graph.node.append(.operation("Neg", "again", ["x"], ["y"]))
        },
        HostileModel("a node that writes an input", words: ["'again'", "'x'", "is an input"]) {
            $0.graph.node.append(.operation("Neg", "again", ["y"], ["x"]))
        },
        HostileModel("a node that writes a constant", words: ["'again'", "'one'", "is a constant"]) {
            $0.graph.node.append(.operation("Neg", "again", ["y"], ["one"]))
        },
        HostileModel("a cycle", words: ["'left', 'right'", "cycle"]) {
            $0.graph.node.append(.operation("Neg", "left", ["b"], ["a"]))
            $0.graph.node.append(.operation("Neg", "right", ["a"], ["b"]))
        },
        HostileModel("a node that reads itself", words: ["'self'", "cycle"]) {
            $0.graph.node.append(.operation("Neg", "self", ["a"], ["a"]))
        },
        HostileModel("an input declared twice", words: ["input 'x'", "twice"]) {
            $0.graph.input.append($0.graph.input[0])
        },
        HostileModel("an output declared twice", words: ["output 'y'", "twice"]) {
            $0.graph.output.append($0.graph.output[0])
        },
        HostileModel("a constant given twice", words: ["constant 'one'", "twice"]) {
            $0.graph.initializer.append($0.graph.initializer[0])
        },
        HostileModel("no output", words: ["no output"]) { $0.graph.output = [] },
        HostileModel("a subgraph that reads what nothing writes", words: ["'choose'", "'ghost'", "nothing writes"]) {
            let inner = ONNXNodeProto.operation("Neg", "inner", ["ghost"], ["z"])
            $0.graph.node.append(
                .operation("If", "choose", ["x"], ["w"], attributes: [.subgraph("then_branch", [inner], output: "z")]))
        },
    ]

    static let tensors = [
        HostileModel("raw data of the wrong size", words: ["'one'", "5 bytes", "2 elements of 4 bytes"]) {
            $0.graph.initializer[0].floatData = []
            $0.graph.initializer[0].rawData = Data(count: 5)
        },
        HostileModel("too few elements", words: ["'one'", "2 elements", "3"]) { $0.graph.initializer[0].dims = [3] },
        HostileModel("elements given twice", words: ["'one'", "twice"]) {
            $0.graph.initializer[0].rawData = Data(count: 8)
        },
        HostileModel("dimensions that overflow", .limitExceeded, words: ["'one'", "larger"]) {
            $0.graph.initializer[0].dims = [2_000_000_000, 2_000_000_000, 2_000_000_000]
        },
        HostileModel("dimensions that overflow behind a zero", .limitExceeded, words: ["'one'", "larger"]) {
            $0.graph.initializer[0].dims = [0, 2_000_000_000, 2_000_000_000, 2_000_000_000]
        },
        HostileModel("a dimension of 2^40", .limitExceeded, words: ["'one'", "1099511627776"]) {
            $0.graph.initializer[0].dims = [1 << 40]
        },
        HostileModel("too many dimensions", .limitExceeded, words: ["'one'", "33 dimensions", "32"]) {
            $0.graph.initializer[0].dims = [Int64](repeating: 1, count: 33)
        },
        HostileModel("a negative dimension", words: ["'one'", "-2"]) { $0.graph.initializer[0].dims = [-2] },
        HostileModel("an unknown element type", .unsupportedModel, words: ["'one'", "unknown element type 77"]) {
            $0.graph.initializer[0].dataType = 77
        },
        HostileModel("an element type that is not read", .unsupportedModel, words: ["'one'", "complex64"]) {
            $0.graph.initializer[0].dataType = 14
        },
        HostileModel("no element type", .unsupportedModel, words: ["'one'", "no element type"]) {
            $0.graph.initializer[0].dataType = 0
        },
        HostileModel("data in another file", .unsupportedModel, words: ["'one'", "external data"]) {
            $0.graph.initializer[0].dataLocation = .external
        },
        HostileModel("a segment", .unsupportedModel, words: ["'one'", "segments"]) {
            $0.graph.initializer[0].segment.begin = 0
        },
        HostileModel("a sparse constant", .unsupportedModel, words: ["'thin'", "sparse"]) {
            $0.graph.sparseInitializer = [.with { $0.values.name = "thin" }]
        },
        HostileModel("a byte out of range", words: ["'one'", "300", "range"]) {
            $0.graph.initializer[0] = .with {
                $0.name = "one"; $0.dims = [1]; $0.dataType = 2; $0.int32Data = [300]
            }
        },
        HostileModel("text that is not UTF-8", words: ["'one'", "UTF-8", "position 1"]) {
            $0.graph.initializer[0] = .with {
                $0.name = "one"
                $0.dims = [2]
                $0.dataType = 8
                $0.stringData = [Data("ok".utf8), Data([0xC3, 0x28])]
            }
        },
        HostileModel("text as raw data", words: ["'one'", "raw"]) {
            $0.graph.initializer[0] = .with {
                $0.name = "one"; $0.dataType = 8; $0.rawData = Data(count: 1)
            }
        },
    ]

    static let values = [
        HostileModel("an input without type", words: ["input 'x'", "no type"]) { $0.graph.input[0].clearType() },
        HostileModel("an unknown input type", .unsupportedModel, words: ["input 'x'", "unknown element type 50"]) {
            $0.graph.input[0].type.tensorType.elemType = 50
        },
        HostileModel("an optional input", .unsupportedModel, words: ["input 'x'", "optional"]) {
            $0.graph.input[0].type.optionalType.elemType.tensorType.elemType = 1
        },
        HostileModel("a map as output", .unsupportedModel, words: ["output 'y'", "map"]) {
            $0.graph.output[0].type.mapType.keyType = 7
        },
        HostileModel("a sequence of sequences", .unsupportedModel, words: ["output 'y'", "sequence"]) {
            $0.graph.output[0].type.sequenceType.elemType.sequenceType.elemType.tensorType.elemType = 1
        },
        HostileModel("a declared shape that overflows", .limitExceeded, words: ["input 'x'", "larger"]) {
            $0.graph.input[0] = .tensor("x", .float, [nil, 2_000_000_000, 2_000_000_000, 2_000_000_000])
        },
    ]

    static let attributes = [
        HostileModel("an attribute without type", words: ["'axis'", "'sum'", "no type"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "axis"; $0.i = 1
                }
            ]
        },
        HostileModel("an attribute without value", words: ["'axis'", "'sum'", "int"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "axis"; $0.type = .int
                }
            ]
        },
        HostileModel("an attribute of an unknown type", .unsupportedModel, words: ["'axis'", "'sum'", "99"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "axis"; $0.type = .UNRECOGNIZED(99)
                }
            ]
        },
        HostileModel("an attribute given twice", words: ["'axis'", "'sum'", "twice"]) {
            $0.graph.node[0].attribute = [.integer("axis", 0), .integer("axis", 1)]
        },
        HostileModel("a sparse attribute", .unsupportedModel, words: ["'thin'", "'sum'", "sparse"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "thin"; $0.type = .sparseTensor
                }
            ]
        },
        HostileModel("an attribute of a function", words: ["'axis'", "'sum'", "function"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "axis"; $0.type = .int; $0.refAttrName = "outer"
                }
            ]
        },
        HostileModel("an attribute that is not UTF-8", words: ["'mode'", "'sum'", "UTF-8"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "mode"; $0.type = .string; $0.s = Data([0xFF])
                }
            ]
        },
        HostileModel("a broken tensor in an attribute", words: ["'value'", "'sum'", "1 elements"]) {
            $0.graph.node[0].attribute = [
                .with {
                    $0.name = "value"; $0.type = .tensor; $0.t = .floats("", [1]); $0.t.dims = [4]
                }
            ]
        },
        HostileModel("a node without operator", words: ["'sum'", "no operator"]) { $0.graph.node[0].opType = "" },
    ]

    @Test(arguments: header + functions + names + tensors + values + attributes)
    func isRefusedInWordsThatNameTheCause(model: HostileModel) throws {
        let error = try #require(try ONNXModelProto.addition(changed: model.change).refusal())
        #expect(error.kind == model.kind)
        for word in model.words { #expect(error.message.contains(word), "\(error.message)") }
    }
}
