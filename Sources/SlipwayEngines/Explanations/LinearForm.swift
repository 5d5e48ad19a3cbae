import SlipwayModel

/// A linear model in double precision: one sum of weighted columns per target.
struct LinearForm: Sendable {
    /// Targets × columns, row-major.
    let coefficients: [Double]
    /// One per target.
    let intercepts: [Double]
    /// What is done to the sums at the end.
    let transform: PostTransform
    /// Whether the sums are scores of classes.
    let isClassifier: Bool

    /// The number of targets.
    var targetCount: Int { intercepts.count }
    /// The number of columns.
    var columnCount: Int { coefficients.count / max(1, intercepts.count) }

    /// Reads a linear classifier or regressor, or a product with a constant matrix.
    ///
    /// - Throws: ``KernelProblem`` for attributes that do not fit together, or a product that is none with a constant.
    init(_ context: NodeContext, constant: (Int) -> Tensor?) throws(KernelProblem) {
        switch context.node.operatorName {
        case "LinearClassifier": self = try Self.classifier(context)
        case "LinearRegressor": self = try Self.regressor(context)
        default: self = try Self.product(context, constant)
        }
    }

    private init(
        coefficients: [Double], intercepts: [Double], transform: PostTransform, isClassifier: Bool
    ) throws(KernelProblem) {
        guard !intercepts.isEmpty, !coefficients.isEmpty, coefficients.count.isMultiple(of: intercepts.count) else {
            throw KernelProblem(
                .invalid, "\(coefficients.count) coefficients do not fit \(intercepts.count) targets")
        }
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.transform = transform
        self.isClassifier = isClassifier
    }

    private static func classifier(_ context: NodeContext) throws(KernelProblem) -> LinearForm {
        let classes = try ClassLabels(context, integers: "classlabels_ints").count
        let given = try context.floats("intercepts") ?? []
        let count = given.isEmpty ? classes : given.count
        guard count == classes || count == 1 && classes == 2 else {
            throw KernelProblem(.unsupported, "\(count) scores for \(classes) classes are not explained")
        }
        return try LinearForm(
            coefficients: (context.floats("coefficients") ?? []).map { Double($0) },
            intercepts: given.isEmpty ? [Double](repeating: 0, count: count) : given.map { Double($0) },
            transform: PostTransform(context), isClassifier: true)
    }

    private static func regressor(_ context: NodeContext) throws(KernelProblem) -> LinearForm {
        let count = try context.integer("targets", default: 1)
        let given = try context.floats("intercepts") ?? []
        guard (1...NativeLimits.scores).contains(count), given.isEmpty || given.count == count else {
            throw KernelProblem(.invalid, "\(given.count) intercepts are given for \(count) targets")
        }
        return try LinearForm(
            coefficients: (context.floats("coefficients") ?? []).map { Double($0) },
            intercepts: given.isEmpty ? [Double](repeating: 0, count: count) : given.map { Double($0) },
            transform: PostTransform(context).applied(toTargets: count), isClassifier: false)
    }

    private static func product(
        _ context: NodeContext, _ constant: (Int) -> Tensor?
    ) throws(KernelProblem) -> LinearForm {
        let isGemm = context.node.operatorName == "Gemm"
        guard var matrix = constant(1), let numbers = matrix.asDoubles else {
            throw KernelProblem(.unsupported, "the matrix is not a constant")
        }
        if matrix.shape.count == 1 { matrix.shape.append(1) }
        guard matrix.shape.count == 2 else { throw KernelProblem(.unsupported, "there is more than one matrix") }
        let turnsRows = try context.integer("transA", default: 0) != 0
        let turnsMatrix = try context.integer("transB", default: 0) != 0
        guard !isGemm || !turnsRows else { throw KernelProblem(.unsupported, "the rows are transposed") }
        let isTransposed = isGemm && turnsMatrix
        let alpha = isGemm ? Double(try context.float("alpha", default: 1)) : 1
        let targetCount = isTransposed ? matrix.shape[0] : matrix.shape[1]
        let turned =
            isTransposed ? numbers : Matrix.transposed(numbers, rows: matrix.shape[0], columns: matrix.shape[1])
        var added = [Double](repeating: 0, count: targetCount)
        if isGemm, context.node.inputs.count > 2, !context.node.inputs[2].isEmpty {
            let beta = Double(try context.float("beta", default: 1))
            guard let bias = constant(2)?.asDoubles, bias.count == 1 || bias.count == targetCount else {
                throw KernelProblem(.unsupported, "what is added is not one constant per target")
            }
            added = added.indices.map { beta * (bias.count == 1 ? bias[0] : bias[$0]) }
        }
        return try LinearForm(
            coefficients: turned.map { alpha * $0 }, intercepts: added, transform: .none, isClassifier: false)
    }

    /// The sum of a target for the means of the columns, and what each column of a row adds to it.
    ///
    /// - Parameter add: Called with each column and its contribution.
    func contributions(
        to target: Int, of row: UnsafePointer<Double>, means: [Double], add: (Int, Double) -> Void
    ) {
        let start = target * columnCount
        for column in 0..<columnCount { add(column, coefficients[start + column] * (row[column] - means[column])) }
    }

    /// The sum of a target where every column has its mean.
    func base(of target: Int, means: [Double]) -> Double {
        let start = target * columnCount
        return means.indices.reduce(intercepts[target]) { $0 + coefficients[start + $1] * means[$1] }
    }
}
