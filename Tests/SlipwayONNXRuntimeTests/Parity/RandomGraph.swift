import Foundation
import SlipwayTesting
import SwiftProtobuf

@testable import SlipwayModel

/// Makes models by chance, as ONNX bytes.
struct RandomGraph {
    /// What kind of model is made.
    enum Kind: CaseIterable {
        case trees, classicTrees, pipeline, arithmetic
    }

    var generator: SeededGenerator
    var builder = ONNXModelBuilder(name: "random")
    /// The version of the classic machine-learning operators: the old tree operators end before the fifth.
    var machineLearning: Int64 = 5

    /// Makes a model; the same seed makes the same one.
    static func bytes(_ kind: Kind, seed: UInt64) throws -> Data {
        var graph = RandomGraph(generator: SeededGenerator(seed: seed))
        switch kind {
        case .trees: graph.addTrees()
        case .classicTrees: graph.addClassicTrees()
        case .pipeline: graph.addPipeline()
        case .arithmetic: graph.addArithmetic()
        }
        var message = try ONNXModelProto(serializedBytes: graph.builder.bytes())
        message.opsetImport[1].version = graph.machineLearning
        for index in message.graph.node.indices where message.graph.node[index].opType == "TreeEnsembleClassifier" {
            message.graph.node[index].output.append("scores")
        }
        return try message.serializedData()
    }

    mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }

    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// A number with few digits, so that equal numbers and boundaries are met.
    mutating func number() -> Float { Float(Int.random(in: -40...40, using: &generator)) / 8 }

    mutating func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in number() } }

    func floats(_ values: [Float], _ shape: [Int]) -> Tensor { Tensor(shape: shape, elements: .float32(values)) }
}

// MARK: Pipelines

extension RandomGraph {
    /// Numbers are imputed and scaled, texts encoded, both joined and read by a linear model or trees.
    mutating func addPipeline() {
        let width = 1 + below(4)
        builder.input("numbers", .float32, width: width)
        let hasTexts = chance(0.7)
        if hasTexts { builder.input("text", .string, width: 1) }
        var value = "numbers"
        if chance(0.6) {
            value = builder.node(
                "Imputer", [value], domain: "ai.onnx.ml",
                attributes: [
                    .floats("imputed_value_floats", numbers(width)),
                    .float("replaced_value_float", pick([.nan, 0, 1])),
                ])
        }
        if chance(0.7) { value = addScaler(value, width) }
        if chance(0.2) {
            value = builder.node(
                "Binarizer", [value], domain: "ai.onnx.ml", attributes: [.float("threshold", number())])
        }
        var total = width
        if hasTexts {
            let categories = ["a", "b", "", "long name", "é"].prefix(1 + below(5))
            let encoded = builder.node(
                "OneHotEncoder", ["text"], domain: "ai.onnx.ml",
                attributes: [.texts("cats_strings", Array(categories)), .integer("zeros", 1)])
            let shape = builder.constant(Tensor(shape: [2], elements: .int64([-1, Int64(categories.count)])))
            let flat = builder.node("Reshape", [encoded, shape])
            value = builder.node("Concat", [value, flat], attributes: [.integer("axis", 1)])
            total += categories.count
        }
        addHead(value, total)
    }

    private mutating func addScaler(_ value: String, _ width: Int) -> String {
        guard chance(0.5) else {
            return builder.node(
                "Scaler", [value], domain: "ai.onnx.ml",
                attributes: [.floats("offset", numbers(width)), .floats("scale", numbers(width).map { $0 / 3 + 0.01 })])
        }
        let offset = builder.constant(floats(numbers(width), [width]))
        let scale = builder.constant(floats(numbers(width).map { $0 / 3 + 0.01 }, [width]))
        return builder.node("Div", [builder.node("Sub", [value, offset]), scale])
    }

    private mutating func addHead(_ value: String, _ width: Int) {
        let targets = 1 + below(3)
        switch below(4) {
        case 0:
            let weights = builder.constant(floats(numbers(width * targets), [width, targets]))
            let bias = builder.constant(floats(numbers(targets), [targets]))
            let scores = builder.node("Gemm", [value, weights, bias])
            let last = pick(["Sigmoid", "Softmax", "Identity", "Tanh"])
            builder.output(builder.node(last, [scores]), .float32, width: targets)
        case 1:
            let scores = builder.node(
                "LinearRegressor", [value], domain: "ai.onnx.ml",
                attributes: [
                    .floats("coefficients", numbers(width * targets)), .floats("intercepts", numbers(targets)),
                    .integer("targets", Int64(targets)),
                ])
            builder.output(scores, .float32, width: targets)
        case 2:
            let norm = builder.node(
                "Normalizer", [value], domain: "ai.onnx.ml",
                attributes: [.text("norm", pick(["L1", "L2", "MAX"]))])
            builder.output(norm, .float32, width: width)
        default:
            let trees = RandomTrees(&self, columnCount: width, targetCount: targets)
            builder.output(trees.addUnified(to: &self, reading: value), .float32, width: targets)
        }
    }
}

// MARK: Arithmetic

extension RandomGraph {
    /// A few operators over matrices of one width, whose last value is the answer.
    mutating func addArithmetic() {
        let width = 1 + below(3)
        builder.input("x", .float32, width: width)
        builder.input("y", .float32, width: width)
        var values = ["x", "y"]
        for _ in 0..<(2 + below(6)) {
            let operand = chance(0.3) ? builder.constant(floats(numbers(width), [width])) : pick(values)
            switch below(6) {
            case 0, 1:
                values.append(builder.node(pick(["Add", "Sub", "Mul", "Div", "Max", "Min"]), [pick(values), operand]))
            case 2, 3:
                let names = [
                    "Abs", "Neg", "Relu", "Sigmoid", "Tanh", "Exp", "Sqrt", "Floor", "Ceil", "Round", "Sign", "Erf",
                    "Softplus", "Reciprocal", "Softmax", "LeakyRelu", "Elu", "Softsign", "Log",
                ]
                values.append(builder.node(pick(names), [pick(values)]))
            case 4:
                let test = builder.node(
                    pick(["Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"]), [pick(values), operand])
                // ONNX Runtime drops the sign of a zero there, which a reciprocal behind it would tell.
                let first = builder.node("Abs", [pick(values)])
                let second = builder.node("Abs", [pick(values)])
                values.append(builder.node("Where", [test, first, second]))
            default:
                let low = builder.constant(floats([-2], []))
                let high = builder.constant(floats([3], []))
                values.append(builder.node("Clip", [pick(values), low, high]))
            }
        }
        builder.output(builder.node("Identity", [values[values.count - 1]]), .float32, width: width)
    }
}
