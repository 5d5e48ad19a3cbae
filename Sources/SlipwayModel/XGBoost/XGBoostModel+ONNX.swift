package import Foundation
import SlipwayData

extension XGBoostModel {
    /// The name of the input of a model whose features are all numbers.
    private static let inputName = "input"

    /// The model in ONNX, computing in single precision step by step what XGBoost's own prediction does.
    ///
    /// Rows hold the features in order as one matrix, or as one input per feature where the model knows categories by
    /// their texts or numbers. A classifier has the outputs `label` and `probabilities`, any other model has
    /// `prediction`, with as many columns as it has targets or quantiles. Where early stopping left its best iteration
    /// in the model, only the trees up to it count, as in XGBoost's scikit-learn interface.
    ///
    /// - Throws: ``ModelError`` of kind `unsupportedModel` for categories that cannot be inputs, `limitExceeded` when
    ///   ONNX cannot hold the model.
    /// - Complexity: O(nodes + categories).
    package func onnx() throws(ModelError) -> Data {
        var builder = ONNXModelBuilder(name: "xgboost")
        builder.note("source_format", "XGBoost \(version.map(String.init).joined(separator: "."))")
        if !featureNames.isEmpty {
            builder.note("feature_names", JSONValue.array(featureNames.map(JSONValue.string)).text)
        }
        let features = try writeInputs(to: &builder)
        let sums: String
        switch booster {
        case .trees(let forest): sums = try write(forest, reading: features, to: &builder)
        case .linear(let weights): sums = write(weights, reading: features, to: &builder)
        }
        writeOutputs(of: sums, to: &builder)
        return try builder.bytes()
    }

    // MARK: Sums

    private func write(
        _ forest: Forest, reading features: String, to builder: inout ONNXModelBuilder
    ) throws(ModelError) -> String {
        let count = treeCount(of: forest)
        let nodeCount = forest.trees[..<count].reduce(0) { $0 + $1.nodeCount * $1.leafWidth }
        guard nodeCount <= BoostedTrees.nodeCountMax else {
            throw ModelError(
                .limitExceeded, "the model has \(nodeCount) nodes; the limit is \(BoostedTrees.nodeCountMax)",
                hint: "Train fewer or smaller trees.")
        }
        var trees = BoostedTrees(featureCount: featureCount, targetCount: outputCount, precision: .float32)
        for output in 0..<outputCount {
            // XGBoost's sums begin with the base score, and so does a first tree of one leaf.
            let base = Double(margin(of: output))
            guard base != 0 || count == 0 else { continue }
            trees.trees.append(BoostedTrees.Tree(target: output, leaves: [BoostedTrees.Leaf(value: base)]))
        }
        for index in 0..<count {
            let tree = forest.trees[index]
            // A tree with a value per output in each leaf is written once for each.
            let targets = tree.leafWidth > 1 ? Array(0..<outputCount) : [Int(forest.outputs[index])]
            for target in targets { trees.trees.append(tree.boosted(target: target, weight: forest.weights?[index])) }
        }
        let splitsByCategories = forest.trees[..<count].contains(where: \.hasCategories)
        let read = splitsByCategories ? writeWholeCodes(of: features, forest, to: &builder) : features
        return trees.write(to: &builder, reading: read)
    }

    /// How many trees count: all, or those up to the best iteration.
    func treeCount(of forest: Forest) -> Int {
        guard let text = attributes["best_iteration"], let best = Int(text), best >= 0,
            best < forest.roundStarts.count - 1
        else { return forest.trees.count }
        return forest.roundStarts[best + 1]
    }

    /// What the sum of an output begins with.
    private func margin(of output: Int) -> Float {
        objective.margin(ofBaseScore: baseScores.count == 1 ? baseScores[0] : baseScores[output])
    }

    /// Rounds the columns that are split by categories down to whole numbers, as XGBoost cuts off fractions.
    private func writeWholeCodes(
        of features: String, _ forest: Forest, to builder: inout ONNXModelBuilder
    ) -> String {
        guard !hasNamedCategories else { return features }
        var isCode = [Bool](repeating: false, count: featureCount)
        for tree in forest.trees {
            for node in tree.categoriesNodes where tree.leftChildren[Int(node)] != -1 {
                isCode[Int(tree.splitIndices[Int(node)])] = true
            }
        }
        let mask = builder.constant(
            Tensor(shape: [1, featureCount], elements: .bool(isCode)), name: "categorical_features")
        return builder.node("Where", [mask, builder.node("Floor", [features]), features])
    }

    private func write(_ weights: [Float], reading features: String, to builder: inout ONNXModelBuilder) -> String {
        let present = builder.node(
            "Imputer", [features], domain: "ai.onnx.ml",
            attributes: [.floats("imputed_value_floats", [0]), .float("replaced_value_float", .nan)])
        // Unlike trees, XGBoost's linear models begin every output with the first base score.
        let biases = (0..<outputCount).map { weights[featureCount * outputCount + $0] + margin(of: 0) }
        var coefficients: [Float] = []
        for output in 0..<outputCount {
            for feature in 0..<featureCount { coefficients.append(weights[feature * outputCount + output]) }
        }
        return builder.node(
            "LinearRegressor", [present], domain: "ai.onnx.ml",
            attributes: [
                .floats("coefficients", coefficients), .floats("intercepts", biases),
                .integer("targets", Int64(outputCount)),
            ], output: "raw_score")
    }

    // MARK: Outputs

    private func writeOutputs(of sums: String, to builder: inout ONNXModelBuilder) {
        let predictions: String
        switch objective.link {
        case .identity: predictions = sums
        case .logistic: predictions = builder.node("Sigmoid", [sums])
        case .exponential: predictions = builder.node("Exp", [sums])
        case .softmax: predictions = builder.node("Softmax", [sums], attributes: [.integer("axis", 1)])
        case .step:
            let isPositive = builder.node("Greater", [sums, builder.constant(0, in: .float32)])
            let type = Int64(ElementType.float32.rawValue)
            predictions = builder.node("Cast", [isPositive], attributes: [.integer("to", type)])
        }
        if objective.link == .softmax {
            let classes = (0..<outputCount).map { Int64($0) }
            builder.writeClasses(predictions, classes: classes, in: .float32)
        } else if objective.isBinary && outputCount == 1 {
            builder.writeClasses(positive: predictions, classes: [0, 1], in: .float32)
        } else {
            builder.writePrediction(predictions, in: .float32, width: outputCount)
        }
    }

    // MARK: Inputs

    /// Whether the model knows the categories of a feature by their texts or numbers, not only by their codes.
    private var hasNamedCategories: Bool { categories.contains { $0 != nil } }

    /// Adds the inputs and returns the matrix of features.
    private func writeInputs(to builder: inout ONNXModelBuilder) throws(ModelError) -> String {
        guard hasNamedCategories else {
            builder.input(Self.inputName, .float32, width: featureCount)
            return Self.inputName
        }
        let names = featureNames.isEmpty ? (0..<featureCount).map { "f\($0)" } : featureNames
        guard Set(names).count == names.count, !names.contains("") else {
            throw ModelError(
                .unsupportedModel, "two features of the model have the same name, or one has none",
                hint: "Train with distinct column names.")
        }
        for (index, name) in names.enumerated() {
            if case .texts = categories[index] {
                builder.input(name, .string, width: 1)
            } else {
                builder.input(name, .float32, width: 1)
            }
        }
        var columns: [String] = []
        for (index, name) in names.enumerated() {
            columns.append(try writeCodes(of: categories[index], reading: name, to: &builder))
        }
        return builder.node("Concat", columns, attributes: [.integer("axis", 1)], output: "features")
    }

    /// Looks a category's code up; one that is not known counts as missing.
    private func writeCodes(
        of categories: XGBoostCategories?, reading input: String, to builder: inout ONNXModelBuilder
    ) throws(ModelError) -> String {
        guard let categories else { return input }
        let codes: [Float] = (0..<categories.count).map { Float($0) }
        let keys: ONNXAttributeProto
        switch categories {
        case .texts(let texts): keys = .texts("keys_strings", texts)
        case .integers(let values):
            guard values.allSatisfy({ $0.magnitude <= 1 << 24 }) else {
                throw ModelError(
                    .unsupportedModel, "a category of '\(input)' is a number above 16777216",
                    hint: "Train with such categories as texts.", field: input)
            }
            keys = .floats("keys_floats", values.map { Float($0) })
        }
        return builder.node(
            "LabelEncoder", [input], domain: "ai.onnx.ml",
            attributes: [keys, .floats("values_floats", codes), .float("default_float", .nan)])
    }
}
