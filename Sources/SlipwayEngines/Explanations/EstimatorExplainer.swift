import SlipwayData
import SlipwayModel

/// Explains a model whose score is that of one tree ensemble or linear model at the end of its graph, exactly.
///
/// Each column that the estimator reads must come from a single field. The columns of one field, such as those of its
/// categories, are known or unknown together, so that contributions are those of the fields themselves.
struct EstimatorExplainer: Explainer {
    /// What gives the scores.
    private enum Estimator {
        case forest(PathForest)
        case linear(LinearForm, means: [Double], fields: [Int?])
    }

    /// The rows that are looked at to see how often each branch is taken, or for the means of columns.
    static let backgroundRowCountMax = 5_000

    let method: Explanation.Method
    private let background: Explanation.Background
    private let model: Model
    private let input: EstimatorInput
    private let estimator: Estimator
    /// The score of each class of several; of two classes or of a regression the only one.
    private let scores: [EstimatorScore]

    /// Reads the estimator of a graph and finds the field of each column.
    ///
    /// - Throws: ``KernelProblem`` or ``ModelError`` that says why the model is not explained this way.
    init(_ graph: Graph, model: Model, background: ExplanationBackground?) throws {
        let signature = model.signature
        let origins = try Self.origins(graph, signature)
        let node = origins[0].estimator
        let columns = ColumnOrigins(graph, signature: signature)
        guard let name = node.inputs.first, let fields = columns.fieldPerColumn(of: name) else {
            throw KernelProblem(
                .unsupported, "'\(node.operatorName)' reads columns that are not each made of one field")
        }
        let input = try EstimatorInput(graph, signature: signature, value: name)
        let context = NodeContext(node: node, opset: graph.opset(of: node))
        self.model = model
        self.input = input
        if node.operatorName.hasPrefix("TreeEnsemble") {
            let forest = try DecisionForest(context, covers: graph.treeCovers ?? [])
            let given = try Self.covers(of: forest, input, background)
            self.background = given.background
            scores = try origins.map { try EstimatorScore($0, of: forest).speaking(of: signature.task) }
            try Self.check(scores, targetCount: forest.targetCount)
            let features = try Self.features(fields, of: forest)
            estimator = .forest(
                try PathForest(
                    forest, covers: given.covers, features: features, featureCount: signature.inputs.count))
            method = .trees
        } else {
            let linear = try LinearForm(context, constant: { columns.constant(node, $0) })
            guard let background else {
                throw ModelError(
                    .unsupportedModel, "there are no example rows to compare with",
                    hint: "Push the model with examples.")
            }
            let rows = try input.columns(of: background.rows.evenly(Self.backgroundRowCountMax))
            guard rows.width == linear.columnCount, fields.count == linear.columnCount else {
                throw KernelProblem(.unsupported, "the columns do not fit the coefficients")
            }
            self.background = background.source
            scores = origins.map { EstimatorScore($0, of: linear).speaking(of: signature.task) }
            try Self.check(scores, targetCount: linear.targetCount)
            estimator = .linear(linear, means: Self.means(of: rows.numbers, width: rows.width), fields: fields)
            method = .linear
        }
    }

    /// Explains rows of cells in the order of the signature's fields.
    func explain(_ rows: [[Value]]) throws(ModelError) -> [Explanation] {
        guard !rows.isEmpty else { return [] }
        let task = model.signature.task
        let classes = try ExplainedClasses(rows, model: model)
        let columns = try input.columns(of: rows)
        let count = model.signature.inputs.count
        var explanations: [Explanation?] = Array(repeating: nil, count: rows.count)
        for index in scores.indices {
            let members = scores.count == 1 ? Array(rows.indices) : rows.indices.filter { classes.indices[$0] == index }
            guard !members.isEmpty else { continue }
            let numbers = members.flatMap { columns.numbers[$0 * columns.width..<($0 + 1) * columns.width] }
            let score = scores[index]
            let found = try contributions(
                to: score.target, of: numbers, members.count, columns.width, fieldCount: count)
            for (place, row) in members.enumerated() {
                let amounts = found.amounts[place * count..<(place + 1) * count].map { $0 * score.scale }
                explanations[row] = try explanation(
                    of: rows[row], amounts: amounts, base: found.base * score.scale + score.shift, space: score.space,
                    explainedClass: classes.indices[row].map { task.classes[$0] })
            }
        }
        return explanations.compactMap(\.self)
    }

    private func explanation(
        of row: [Value], amounts: [Double], base: Double, space: Explanation.Space, explainedClass: String?
    ) throws(ModelError) -> Explanation {
        let fields = model.signature.inputs
        if let odd = amounts.indices.first(where: { !amounts[$0].isFinite }) {
            throw ModelError(
                .inferenceFailed, "'\(fields[odd].name)' has no finite share in the score", field: fields[odd].name)
        }
        return Explanation(
            method: method, background: background, space: space, explainedClass: explainedClass, base: base,
            score: amounts.reduce(base, +),
            contributions: zip(fields, zip(row, amounts)).map { field, pair in
                Explanation.Contribution(field: field.name, value: pair.0, amount: pair.1)
            })
    }

    /// The expected sum of a target, and what each field adds to it in each row.
    private func contributions(
        to target: Int, of numbers: [Double], _ rowCount: Int, _ width: Int, fieldCount: Int
    ) throws(ModelError) -> (base: Double, amounts: [Double]) {
        var amounts = [Double](repeating: 0, count: rowCount * fieldCount)
        guard width > 0, fieldCount > 0 else { return (0, amounts) }
        switch estimator {
        case .forest(let forest):
            guard width >= forest.columnCount else {
                throw ModelError(
                    .inferenceFailed, "rows have \(width) columns, but the trees read \(forest.columnCount)")
            }
            amounts.withUnsafeMutableBufferPointer { amounts in
                numbers.withUnsafeBufferPointer { numbers in
                    guard let amounts = amounts.baseAddress, let numbers = numbers.baseAddress else { return }
                    forest.addContributions(
                        to: target, rows: numbers, rowCount: rowCount, width: width, into: amounts)
                }
            }
            return (forest.bases[target], amounts)
        case .linear(let linear, let means, let fields):
            guard width == linear.columnCount else {
                throw ModelError(
                    .inferenceFailed, "rows have \(width) columns, but the model has \(linear.columnCount)")
            }
            numbers.withUnsafeBufferPointer { numbers in
                guard let start = numbers.baseAddress else { return }
                for row in 0..<rowCount {
                    linear.contributions(to: target, of: start + row * width, means: means) { column, amount in
                        // A constant column is its own mean and adds nothing.
                        if let field = fields[column] { amounts[row * fieldCount + field] += amount }
                    }
                }
            }
            return (linear.base(of: target, means: means), amounts)
        }
    }
}

extension EstimatorExplainer {
    /// The way from each explained class back to the estimator.
    private static func origins(_ graph: Graph, _ signature: Signature) throws(KernelProblem) -> [ScoreOrigin] {
        let task = signature.task
        let output = task.kind == .regression ? task.predictionOutput : task.scoreOutput
        guard let output, task.kind != .other else {
            throw KernelProblem(.unsupported, "the model has no score to explain")
        }
        let isSingle = task.kind == .regression || signature.outputs.first { $0.name == output }?.width == 1
        var columns = task.kind == .multiclass ? Array(task.classes.indices) : [task.explainedClassIndex]
        if isSingle {
            // A single score is that of the second class.
            guard task.kind == .regression || columns == [1] else {
                throw KernelProblem(.unsupported, "the class has no score of its own")
            }
            columns = [0]
        }
        var origins: [ScoreOrigin] = []
        for column in columns {
            let count = isSingle ? 1 : task.classes.count
            let origin = try ScoreOrigin(graph, value: output, column: column, classCount: count)
            guard origins.first.map({ $0.estimator == origin.estimator }) ?? true else {
                throw KernelProblem(.unsupported, "the classes have their scores from different estimators")
            }
            origins.append(origin)
        }
        return origins
    }

    /// Refuses scores of targets that the estimator does not have.
    private static func check(_ scores: [EstimatorScore], targetCount: Int) throws(KernelProblem) {
        guard scores.allSatisfy({ (0..<targetCount).contains($0.target) }) else {
            throw KernelProblem(.unsupported, "the estimator has \(targetCount) targets, and others are asked for")
        }
    }

    /// How often each node is reached: as the model says, else by the background rows.
    private static func covers(
        of forest: DecisionForest, _ input: EstimatorInput, _ background: ExplanationBackground?
    ) throws(ModelError) -> (covers: [Double], background: Explanation.Background) {
        if let covers = forest.modelCovers { return (covers, .model) }
        guard let background else {
            throw ModelError(
                .unsupportedModel, "the model does not count its training rows, and there are no example rows",
                hint: "Push the model with examples.")
        }
        let rows = try input.columns(of: background.rows.evenly(backgroundRowCountMax))
        guard rows.width >= forest.featureCount else {
            throw ModelError(
                .inferenceFailed, "rows have \(rows.width) columns, but the trees read \(forest.featureCount)")
        }
        return (forest.covers(of: rows.numbers, width: rows.width), background.source)
    }

    /// The field of each column that the trees read.
    private static func features(_ fields: [Int?], of forest: DecisionForest) throws(KernelProblem) -> [Int] {
        guard fields.count >= forest.featureCount else {
            throw KernelProblem(.unsupported, "the trees read \(forest.featureCount) columns of \(fields.count)")
        }
        let read = Set(forest.nodes.lazy.filter { $0.comparison != nil }.map { Int($0.feature) })
        guard read.allSatisfy({ fields[$0] != nil }) else {
            throw KernelProblem(.unsupported, "the trees read a column that comes from no field")
        }
        return fields.map { $0 ?? 0 }
    }

    private static func means(of numbers: [Double], width: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: width)
        var counts = [Double](repeating: 0, count: width)
        for (index, number) in numbers.enumerated() where number.isFinite {
            sums[index % width] += number
            counts[index % width] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / $1 : 0 }
    }
}
