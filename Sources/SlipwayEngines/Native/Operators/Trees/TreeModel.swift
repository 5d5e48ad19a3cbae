import SlipwayModel

/// Trees ready for rows of any number type.
final class TreeModel: Sendable {
    /// The forms that a forest may have.
    private enum Form: Sendable {
        case single(CompiledForest<Float>)
        case double(CompiledForest<Double>)
        /// Walked as it is.
        case plain(DecisionForest)
    }

    private let form: Form
    private let singleBase: [Float]
    private let doubleBase: [Double]
    private let precision: DecisionForest.Precision
    private let featureCount: Int
    private let threads: RowThreads

    /// Compiles a forest.
    init(_ forest: DecisionForest, threads: RowThreads) {
        doubleBase = forest.baseValues
        singleBase = forest.baseValues.map { Float($0) }
        precision = forest.precision
        featureCount = forest.featureCount
        self.threads = threads
        switch forest.precision {
        case .float32: form = CompiledForest(forest).map(Form.single) ?? .plain(forest)
        case .float64: form = CompiledForest(forest).map(Form.double) ?? .plain(forest)
        }
    }

    /// Takes the rows of a tensor.
    ///
    /// Rows in double precision are compared and summed as doubles, all others in single precision.
    func input(_ tensor: Tensor) throws(KernelProblem) -> TreeInput {
        let (rowCount, width) = try tensor.rows()
        guard width >= featureCount else {
            throw KernelProblem(.failed, "rows have \(width) features, but the trees read \(featureCount)")
        }
        if case .float64(let values) = tensor.elements {
            return TreeInput(numbers: .double(values), rowCount: rowCount, width: width)
        }
        guard precision == .float32 else {
            throw KernelProblem(.failed, "trees in double precision need rows in double precision")
        }
        return TreeInput(numbers: .single(try tensor.numbers(as: Float.self)), rowCount: rowCount, width: width)
    }

    /// Sends rows through all trees and hands their scores to a finisher.
    func score(_ input: TreeInput, with finisher: some TreeFinisher) {
        switch input.numbers {
        case .single(let values): score(values, singleBase, input, finisher)
        case .double(let values): score(values, doubleBase, input, finisher)
        }
    }

    private func score<Number: TreeScalar>(
        _ values: [Number], _ base: [Number], _ input: TreeInput, _ finisher: some TreeFinisher
    ) {
        // An empty row would leave no element to point at.
        (values.isEmpty ? [0] : values).withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return }
            let all = TreeRows(start: start, width: input.width, count: input.rowCount)
            switch form {
            case .single(let forest):
                threads.split(all.count, nanosecondsPerRow: forest.cost) {
                    forest.score(all.slice(from: $0, count: $1), firstRow: $0, base, finisher)
                }
            case .double(let forest):
                threads.split(all.count, nanosecondsPerRow: forest.cost) {
                    forest.score(all.slice(from: $0, count: $1), firstRow: $0, base, finisher)
                }
            case .plain(let forest):
                threads.split(all.count, nanosecondsPerRow: TreeCost.plain(treeCount: forest.roots.count)) {
                    forest.score(all.slice(from: $0, count: $1), firstRow: $0, base, finisher)
                }
            }
        }
    }
}
