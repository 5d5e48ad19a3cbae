import SlipwayModel

/// `TreeEnsembleClassifier`: a score per class, and the class with the highest.
///
/// Two classes are a case of their own, with the rules of ONNX Runtime: when all weights belong to one class, the
/// other one's score is made from it, `1 - s` when no weight is negative and `-s` otherwise.
struct TreeClassifierKernel: Kernel {
    private let model: TreeModel
    private let labels: ClassLabels
    private let transform: PostTransform
    private let rule: BinaryRule

    /// How two classes are decided.
    fileprivate enum BinaryRule: Sendable {
        /// All weights belong to one class and none is negative: they are a probability.
        case probability
        /// All weights belong to one class: they are a margin.
        case margin
        /// Both classes have weights of their own, or there are not two classes.
        case separate

        init(of forest: DecisionForest) {
            let target = forest.weights.first?.target
            if forest.targetCount == 2, target != nil, forest.weights.allSatisfy({ $0.target == target }) {
                self = forest.weights.allSatisfy { $0.value >= 0 } ? .probability : .margin
            } else {
                self = .separate
            }
        }
    }

    init(_ context: NodeContext) throws(KernelProblem) {
        let forest = try DecisionForest(context)
        guard let labels = forest.labels else { throw KernelProblem(.invalid, "no classes are named") }
        self.labels = labels
        transform = forest.transform
        rule = BinaryRule(of: forest)
        model = TreeModel(forest)
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let (rows, _) = try input.rows()
        var finisher = Finisher(targetCount: labels.count, transform: transform, rule: rule)
        finisher.results.reserveCapacity(try Shape.count([rows, labels.count]))
        finisher.classes.reserveCapacity(rows)
        try model.score(input, with: &finisher)
        return [label(finisher.classes), Tensor(finisher.results, shape: [rows, labels.count])]
    }

    /// ONNX Runtime writes 0 or 1 for two numbered classes with weights of their own, whatever their labels are.
    private func label(_ classes: [Int]) -> Tensor {
        if case .integers = labels, labels.count == 2, rule == .separate {
            return Tensor(classes.map { Int64($0) }, shape: [classes.count])
        }
        return labels.tensor(of: classes)
    }

    private struct Finisher: TreeFinisher {
        let targetCount: Int
        let transform: PostTransform
        let rule: BinaryRule
        var classes: [Int] = []
        var results: [Float] = []

        mutating func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, rowCount: Int, base: [Number]) {
            for row in 0..<rowCount {
                var values = UnsafeMutableBufferPointer(start: scores.values + row &* targetCount, count: targetCount)
                let isPresent = scores.isPresent + row &* scores.presenceStep
                if targetCount == 2 {
                    finishTwo(&values, isPresent, base)
                } else {
                    finishMany(&values, isPresent, base)
                }
            }
        }

        private mutating func finishMany<Number: TreeScalar>(
            _ values: inout UnsafeMutableBufferPointer<Number>, _ isPresent: UnsafePointer<Bool>, _ base: [Number]
        ) {
            for index in base.indices { values[index] += base[index] }
            var best: Int?
            for index in values.indices where !base.isEmpty || isPresent[index] {
                if best.map({ values[index] > values[$0] }) ?? true { best = index }
            }
            classes.append(best ?? 0)
            write(&values)
        }

        private mutating func finishTwo<Number: TreeScalar>(
            _ values: inout UnsafeMutableBufferPointer<Number>, _ isPresent: UnsafePointer<Bool>, _ base: [Number]
        ) {
            let hasSecond = isPresent[1]
            switch base.count {
            case 2 where hasSecond:
                values[1] = base[1] + values[0]
                values[0] = isPresent[0] ? -values[1] : 0
            case 2, 1: values[0] = isPresent[0] ? values[0] + base[0] : 0
            default: break
            }
            let decisive = hasSecond ? values[1] : values[0]
            classes.append(decisive > (rule == .probability ? 0.5 : 0) ? 1 : 0)
            if hasSecond || base.count == 2 {
                write(&values)
            } else {
                writeBoth(of: values[0])
            }
        }

        /// Writes the score of one class and the one of the other that follows from it.
        private mutating func writeBoth<Number: TreeScalar>(of score: Number) {
            if transform == .logistic {
                results.append(PostTransform.logistic(Float(-score)))
                results.append(PostTransform.logistic(Float(score)))
            } else {
                results.append(Float(rule == .probability ? 1 - score : -score))
                results.append(Float(score))
            }
        }

        private mutating func write<Number: TreeScalar>(_ values: inout UnsafeMutableBufferPointer<Number>) {
            transform.apply(&values)
            for value in values { results.append(Float(value)) }
        }
    }
}
