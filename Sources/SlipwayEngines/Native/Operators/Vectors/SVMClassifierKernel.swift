import SlipwayModel

/// `SVMClassifier`: a decision for every pair of classes; the class with the most votes wins.
///
/// With `prob_a` and `prob_b` the scores are probabilities of the classes, else the decisions themselves.
final class SVMClassifierKernel: Kernel {
    /// The vectors of each class, and for each its weights in the decisions between its class and each of the others.
    private let sums: VectorSums
    private let labels: ClassLabels
    private let transform: PostTransform
    private let decisions: [PairDecision]
    /// Whether scores are probabilities.
    private let hasProbabilities: Bool

    /// The decision between two classes.
    private struct PairDecision: Sendable {
        let first: Int
        let second: Int
        let intercept: Double
        /// The slope and the offset of the logistic function that makes a probability of the decision.
        let probability: (slope: Float, offset: Float)?
    }

    init(_ context: NodeContext) throws(KernelProblem) {
        labels = try ClassLabels(context, integers: "classlabels_ints")
        transform = try PostTransform(context)
        let coefficients = try context.floats("coefficients") ?? []
        let counts = try context.integers("vectors_per_class") ?? []
        guard counts.count == labels.count, counts.allSatisfy({ 0...coefficients.count ~= $0 }), labels.count > 1 else {
            throw KernelProblem(.unsupported, "\(counts.count) counts of vectors for \(labels.count) classes")
        }
        let total = counts.reduce(0, +)
        let vectors = try SupportVectors(
            try context.floats("support_vectors") ?? [], count: total, kernel: VectorKernelFunction(context))
        guard coefficients.count == total * (labels.count - 1) else {
            throw KernelProblem(.invalid, "\(coefficients.count) coefficients are given for \(total) vectors")
        }
        sums = try VectorSums(vectors, weights: coefficients, sums: labels.count - 1, counts: counts)
        decisions = try Self.decisions(context, classes: labels.count)
        hasProbabilities = decisions.first?.probability != nil
    }

    private static func decisions(
        _ context: NodeContext, classes: Int
    ) throws(KernelProblem) -> [PairDecision] {
        let pairs = classes * (classes - 1) / 2
        let intercepts = try context.floats("rho") ?? []
        let slopes = try context.floats("prob_a") ?? []
        let offsets = try context.floats("prob_b") ?? []
        guard intercepts.count == pairs, slopes.count == offsets.count, slopes.isEmpty || slopes.count == pairs else {
            throw KernelProblem(.invalid, "\(intercepts.count) intercepts are given for \(pairs) pairs of classes")
        }
        var decisions: [PairDecision] = []
        for first in 0..<classes {
            for second in first + 1..<classes {
                let index = decisions.count
                decisions.append(
                    PairDecision(
                        first: first, second: second, intercept: Double(intercepts[index]),
                        probability: slopes.isEmpty ? nil : (slopes[index], offsets[index])))
            }
        }
        return decisions
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let (rows, values) = try sums.vectors.features(of: inputs.tensor(0))
        let width = hasProbabilities ? labels.count : max(decisions.count, 2)
        let count = try Shape.count([rows, width])
        var classes = [Int](0, times: rows)
        let scores = [Float](unwritten: count) { scores, written in
            Scratch.with(classes: labels.count, decisions: decisions.count) { scratch in
                guard let start = scores.baseAddress else { return }
                sums.add(values, rows: rows) { block in
                    for row in 0..<block.rows {
                        decide(block, row, scratch)
                        classes[block.first + row] = winner(scratch)
                        write(scratch, to: start + (block.first + row) * width)
                    }
                }
            }
            written = count
        }
        return [labels.tensor(of: classes), Tensor(scores, shape: [rows, width])]
    }

    /// Computes the decisions of a row.
    private func decide(_ block: VectorSums.Block, _ row: Int, _ scratch: Scratch) {
        // Each class has a sum for each of the others.
        let others = labels.count - 1
        decisions.withUnsafeBufferPointer { decisions in
            for index in 0..<decisions.count {
                let (first, second) = (decisions[index].first, decisions[index].second)
                scratch.values[index] =
                    decisions[index].intercept + block[row, first * others + second - 1]
                    + block[row, second * others + first]
            }
        }
    }

    /// The class with the most votes, the first one among equals.
    private func winner(_ scratch: Scratch) -> Int {
        scratch.votes.update(repeating: 0, count: labels.count)
        decisions.withUnsafeBufferPointer { decisions in
            for index in 0..<decisions.count {
                let isFirst = scratch.values[index] > 0
                scratch.votes[isFirst ? decisions[index].first : decisions[index].second] += 1
            }
        }
        var best = 0
        for index in 1..<labels.count where scratch.votes[index] > scratch.votes[best] { best = index }
        return best
    }

    private func write(_ scratch: Scratch, to scores: UnsafeMutablePointer<Float>) {
        if hasProbabilities {
            couple(scratch, into: scores)
            return transform.apply(scores, count: labels.count)
        }
        guard decisions.count == 1 else {
            for index in decisions.indices { scores[index] = Float(scratch.values[index]) }
            return transform.apply(scores, count: decisions.count)
        }
        let value = Float(scratch.values[0])
        // ONNX Runtime gives a single decision to both classes in a way of its own for each transform.
        switch transform {
        case .none: (scores[0], scores[1]) = (-value, value)
        case .logistic: (scores[0], scores[1]) = (PostTransform.logistic(-value), PostTransform.logistic(value))
        case .softmax, .softmaxZero, .probit: (scores[0], scores[1]) = (1 - value, value)
        }
    }

    private func couple(_ scratch: Scratch, into scores: UnsafeMutablePointer<Float>) {
        let classes = labels.count
        decisions.withUnsafeBufferPointer { decisions in
            for index in 0..<decisions.count {
                guard let probability = decisions[index].probability else { continue }
                let value = Float(scratch.values[index])
                let exact = 1 - PostTransform.logistic(value * probability.slope + probability.offset)
                let kept = min(max(exact, 1e-7), 1 - 1e-7)
                scratch.pairs[decisions[index].first * classes + decisions[index].second] = kept
                scratch.pairs[decisions[index].second * classes + decisions[index].first] = 1 - kept
            }
        }
        PairwiseProbabilities.couple(scratch.pairs, classes: classes, scratch: scratch.coupling, into: scores)
    }
}

extension SVMClassifierKernel {
    /// Memory for what is computed of one row.
    private struct Scratch {
        /// The value of each decision.
        let values: UnsafeMutablePointer<Double>
        let votes: UnsafeMutablePointer<Int>
        /// The probabilities within pairs, classes × classes.
        let pairs: UnsafeMutablePointer<Float>
        let coupling: UnsafeMutablePointer<Float>

        static func with(classes: Int, decisions: Int, _ body: (Scratch) -> Void) {
            let floats = classes * classes + PairwiseProbabilities.scratchCount(classes: classes)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: decisions) { values in
                withUnsafeTemporaryAllocation(of: Int.self, capacity: classes) { votes in
                    withUnsafeTemporaryAllocation(of: Float.self, capacity: floats) { memory in
                        guard let values = values.baseAddress, let votes = votes.baseAddress,
                            let memory = memory.baseAddress
                        else { return }
                        memory.initialize(repeating: 0, count: floats)
                        body(
                            Scratch(values: values, votes: votes, pairs: memory, coupling: memory + classes * classes))
                    }
                }
            }
        }
    }
}
