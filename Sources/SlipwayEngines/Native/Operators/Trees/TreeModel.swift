import SlipwayModel

/// Trees ready for rows of any number type.
struct TreeModel: Sendable {
    /// The forms that a forest may have.
    private enum Form: Sendable {
        case single(CompiledForest<Float>)
        case double(CompiledForest<Double>)
        /// Walked as it is.
        case plain(DecisionForest)
    }

    private let form: Form
    private let baseValues: [Double]
    private let precision: DecisionForest.Precision
    private let featureCount: Int
    private let targetCount: Int

    /// Compiles a forest.
    init(_ forest: DecisionForest) {
        baseValues = forest.baseValues
        precision = forest.precision
        featureCount = forest.featureCount
        targetCount = forest.targetCount
        switch forest.precision {
        case .float32: form = CompiledForest(forest).map(Form.single) ?? .plain(forest)
        case .float64: form = CompiledForest(forest).map(Form.double) ?? .plain(forest)
        }
    }

    /// Sends rows through all trees and hands their scores to a finisher.
    ///
    /// Rows in double precision are compared and summed as doubles, all others in single precision.
    func score(_ input: Tensor, with finisher: inout some TreeFinisher) throws(KernelProblem) {
        if case .float64(let values) = input.elements {
            try score(values, baseValues, input, &finisher)
        } else if precision == .float32 {
            try score(try input.numbers(as: Float.self), baseValues.map { Float($0) }, input, &finisher)
        } else {
            throw KernelProblem(.failed, "trees in double precision need rows in double precision")
        }
    }

    private func score<Number: TreeScalar>(
        _ values: [Number], _ base: [Number], _ input: Tensor, _ finisher: inout some TreeFinisher
    ) throws(KernelProblem) {
        let (rowCount, width) = try input.rows()
        guard width >= featureCount else {
            throw KernelProblem(.failed, "rows have \(width) features, but the trees read \(featureCount)")
        }
        // An empty row would leave no element to point at.
        (values.isEmpty ? [0] : values).withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return }
            let rows = TreeRows(start: start, width: width, count: rowCount)
            switch form {
            case .single(let forest): forest.score(rows, base, &finisher)
            case .double(let forest): forest.score(rows, base, &finisher)
            case .plain(let forest): forest.score(rows, base, &finisher)
            }
        }
    }
}
