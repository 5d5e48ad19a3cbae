package import Foundation
import SlipwayData

extension LightGBMModel {
    /// The model as ONNX, with thresholds, leaves, and sums in double precision as in LightGBM.
    ///
    /// A model of numbers has one input, `input`, with the features in order and their names in the metadata. One
    /// trained on pandas categories has an input per feature, named after it, so that callers send the categories as
    /// they are. Classifiers answer with `label` and `probabilities`, all others with `prediction`.
    ///
    /// - Throws: ``ModelError`` of kind `limitExceeded` when the format cannot hold so much.
    /// - Complexity: O(splits).
    package func onnx() throws(ModelError) -> Data {
        var builder = ONNXModelBuilder(name: "lightgbm")
        builder.note("source_format", "LightGBM \(header.version)")
        builder.note("feature_names", JSONValue.array(header.featureNames.map(JSONValue.string)).text)
        let optional = header.featureNames.enumerated().filter { !neededFeatures.contains($0.offset) }.map(\.element)
        builder.note(Graph.optionalFeaturesKey, JSONValue.array(optional.map(JSONValue.string)).text)
        let features = categories.isEmpty ? writeMatrix(to: &builder) : writeColumns(to: &builder)
        let matrix = columns.write(to: &builder, reading: features, featureCount: header.featureNames.count)
        var score = trees.write(to: &builder, reading: matrix)
        if header.isAveraged {
            let rounds = builder.constant(Double(trees.trees.count / header.treesPerIteration), in: .float64)
            score = builder.node("Div", [score, rounds], output: "average_score")
        }
        let answer = builder.link(header.objective.link, score)
        if !header.objective.isClassification {
            builder.writePrediction(answer, in: .float64, width: trees.targetCount)
        } else if trees.targetCount == 1 {
            builder.writeClasses(positive: answer, classes: [0, 1], in: .float64)
        } else {
            builder.writeClasses(answer, classes: (0..<trees.targetCount).map(Int64.init), in: .float64)
        }
        return try builder.bytes()
    }

    private func writeMatrix(to builder: inout ONNXModelBuilder) -> String {
        builder.input("input", .float64, width: header.featureNames.count)
        return "input"
    }

    private func writeColumns(to builder: inout ONNXModelBuilder) -> String {
        var coded: [Int: LightGBMCategories] = [:]
        for categories in categories { coded[categories.feature] = categories }
        for (feature, name) in header.featureNames.enumerated() {
            let isText = if case .texts? = coded[feature]?.keys { true } else { false }
            builder.input(name, isText ? .string : .float64, width: 1)
        }
        var parts: [String] = []
        for (feature, name) in header.featureNames.enumerated() {
            parts.append(coded[feature]?.write(to: &builder, reading: name) ?? name)
        }
        return builder.node("Concat", parts, attributes: [.integer("axis", 1)], output: "features")
    }
}

extension ONNXModelBuilder {
    /// Adds the nodes of a link function.
    fileprivate mutating func link(_ link: LightGBMObjective.Link, _ score: String) -> String {
        switch link {
        case .identity: return score
        case .exponential: return node("Exp", [score])
        case .signedSquare:
            let sign = node("Sign", [score])
            let signed = node("Mul", [sign, score])
            return node("Mul", [signed, score])
        case .sigmoid(1): return node("Sigmoid", [score])
        case .sigmoid(let slope):
            let factor = constant(slope, in: .float64)
            let scaled = node("Mul", [factor, score])
            return node("Sigmoid", [scaled])
        case .softmax: return node("Softmax", [score], attributes: [.integer("axis", 1)])
        case .logOnePlusExponential: return logOnePlusExponential(score)
        }
    }

    /// ln(1 + eˣ) to the last digits also where eˣ is small: ln(u) · e / (u − 1) with e = eˣ and u = 1 + e rounded.
    ///
    /// W. Kahan's form, in D. Goldberg, "What every computer scientist should know about floating-point arithmetic"
    /// (1991), theorem 4. Where u is 1 the answer is e, and where u − 1 is e, also for infinity, it is ln(u).
    private mutating func logOnePlusExponential(_ score: String) -> String {
        let one = constant(1, in: .float64)
        let exponential = node("Exp", [score])
        let sum = node("Add", [one, exponential])
        let logarithm = node("Log", [sum])
        let rounded = node("Sub", [sum, one])
        let product = node("Mul", [logarithm, exponential])
        let corrected = node("Div", [product, rounded])
        let isExact = node("Equal", [rounded, exponential])
        let large = node("Where", [isExact, logarithm, corrected])
        let isTiny = node("Equal", [sum, one])
        return node("Where", [isTiny, exponential, large])
    }
}
