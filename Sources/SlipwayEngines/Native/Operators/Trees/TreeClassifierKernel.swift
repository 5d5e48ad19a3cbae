import SlipwayModel

/// `TreeEnsembleClassifier`: a score per class, and the class with the highest.
///
/// Two classes are a case of their own, with the rules of ONNX Runtime: when all weights belong to one class, the
/// other one's score is made from it, `1 - s` when no weight is negative and `-s` otherwise.
final class TreeClassifierKernel: Kernel {
    private let model: TreeModel
    private let labels: ClassLabels
    private let transform: PostTransform
    private let rule: BinaryRule
    /// What is written for each class: the place of a text, or a number.
    private let numbers: FixedArray<Int64>

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
        numbers = FixedArray(Self.numbers(labels, rule))
        model = TreeModel(forest, threads: context.threads)
    }

    /// ONNX Runtime writes 0 or 1 for two numbered classes with weights of their own, whatever their labels are.
    private static func numbers(_ labels: ClassLabels, _ rule: BinaryRule) -> [Int64] {
        if case .integers(let numbers) = labels, !(labels.count == 2 && rule == .separate) { return numbers }
        return (0..<Int64(labels.count)).map(\.self)
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try model.input(try inputs.tensor(0))
        let shape = [input.rowCount, labels.count]
        let count = try Shape.count(shape)
        var classes: [Int64] = []
        let results = [Float](unwritten: count) { results, resultCount in
            classes = [Int64](unwritten: input.rowCount) { classes, classCount in
                guard let results = results.baseAddress, let classes = classes.baseAddress, count > 0 else { return }
                let finisher = Finisher(
                    targetCount: labels.count, transform: transform, rule: rule, numbers: numbers.start,
                    classes: classes, results: results)
                model.score(input, with: finisher)
                (resultCount, classCount) = (count, input.rowCount)
            }
        }
        return [label(classes), Tensor(results, shape: shape)]
    }

    private func label(_ classes: [Int64]) -> Tensor {
        switch labels {
        case .integers: Tensor(classes, shape: [classes.count])
        case .strings(let texts): Tensor(classes.map { texts[Int($0)] }, shape: [classes.count])
        }
    }

    private struct Finisher: TreeFinisher {
        let targetCount: Int
        let transform: PostTransform
        let rule: BinaryRule
        /// What is written for each class.
        let numbers: UnsafePointer<Int64>
        /// Where the classes of all rows go.
        let classes: UnsafeMutablePointer<Int64>
        /// Where the scores of all rows go.
        let results: UnsafeMutablePointer<Float>

        func finish<Number: TreeScalar>(_ scores: TreeScores<Number>, firstRow: Int, rowCount: Int, base: [Number]) {
            for row in 0..<rowCount {
                var values = UnsafeMutableBufferPointer(start: scores.values + row &* targetCount, count: targetCount)
                let isPresent = scores.isPresent + row &* scores.presenceStep
                let place = firstRow &+ row
                let results = results + place &* targetCount
                let found =
                    targetCount == 2
                    ? finishTwo(&values, isPresent, base, results) : finishMany(&values, isPresent, base, results)
                classes[place] = numbers[found]
            }
        }

        private func finishMany<Number: TreeScalar>(
            _ values: inout UnsafeMutableBufferPointer<Number>, _ isPresent: UnsafePointer<Bool>, _ base: [Number],
            _ results: UnsafeMutablePointer<Float>
        ) -> Int {
            for index in base.indices { values[index] += base[index] }
            var best: Int?
            for index in values.indices where !base.isEmpty || isPresent[index] {
                if best.map({ values[index] > values[$0] }) ?? true { best = index }
            }
            write(&values, to: results)
            return best ?? 0
        }

        private func finishTwo<Number: TreeScalar>(
            _ values: inout UnsafeMutableBufferPointer<Number>, _ isPresent: UnsafePointer<Bool>, _ base: [Number],
            _ results: UnsafeMutablePointer<Float>
        ) -> Int {
            let hasSecond = isPresent[1]
            switch base.count {
            case 2 where hasSecond:
                values[1] = base[1] + values[0]
                values[0] = isPresent[0] ? -values[1] : 0
            case 2, 1: values[0] = isPresent[0] ? values[0] + base[0] : 0
            default: break
            }
            let decisive = hasSecond ? values[1] : values[0]
            let found = decisive > (rule == .probability ? 0.5 : 0) ? 1 : 0
            if hasSecond || base.count == 2 {
                write(&values, to: results)
            } else {
                writeBoth(of: values[0], to: results)
            }
            return found
        }

        /// Writes the score of one class and the one of the other that follows from it.
        private func writeBoth<Number: TreeScalar>(of score: Number, to results: UnsafeMutablePointer<Float>) {
            if transform == .logistic {
                results[0] = PostTransform.logistic(Float(-score))
                results[1] = PostTransform.logistic(Float(score))
            } else {
                results[0] = Float(rule == .probability ? 1 - score : -score)
                results[1] = Float(score)
            }
        }

        private func write<Number: TreeScalar>(
            _ values: inout UnsafeMutableBufferPointer<Number>, to results: UnsafeMutablePointer<Float>
        ) {
            transform.apply(&values)
            for target in 0..<targetCount { results[target] = Float(values[target]) }
        }
    }
}
