import SlipwayModel

/// `Where`: elements of the second input where the first is true, of the third elsewhere, with broadcasting.
final class WhereKernel: SingleKernel {
    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let condition = try inputs.tensor(0)
        let chosen = try inputs.tensor(1)
        switch chosen.elements {
        case .float32(let array): return try choose(condition, array, chosen.shape, inputs)
        case .float64(let array): return try choose(condition, array, chosen.shape, inputs)
        case .int32(let array): return try choose(condition, array, chosen.shape, inputs)
        case .int64(let array): return try choose(condition, array, chosen.shape, inputs)
        case .bool(let array): return try choose(condition, array, chosen.shape, inputs)
        case .string(let array): return try choose(condition, array, chosen.shape, inputs)
        }
    }

    private func choose<Scalar: TensorScalar>(
        _ condition: Tensor, _ chosen: [Scalar], _ chosenShape: [Int], _ inputs: Arguments
    ) throws(KernelProblem) -> Tensor {
        let other = try inputs.tensor(2)
        let others = try other.array(of: Scalar.self)
        let truths = try condition.array(of: Bool.self)
        let pair = try Broadcast.common(chosenShape, other.shape)
        let shape = try Broadcast.common(condition.shape, pair)
        let count = try Shape.count(shape)
        guard count > 0 else { return Tensor([Scalar](), shape: shape) }
        if let result = Choice(condition.shape, chosenShape, other.shape, of: shape)?.choose(
            truths, chosen, others, count)
        {
            return Tensor(result, shape: shape)
        }
        let truthSources = Broadcast.sources(of: condition.shape, in: shape, count: count)
        let chosenSources = Broadcast.sources(of: chosenShape, in: shape, count: count)
        let otherSources = Broadcast.sources(of: other.shape, in: shape, count: count)
        let result = (0..<count).map {
            truths[truthSources[$0]] ? chosen[chosenSources[$0]] : others[otherSources[$0]]
        }
        return Tensor(result, shape: shape)
    }

    /// A choice between tensors each of which has either all the elements of the result or a single one.
    private struct Choice {
        let hasOneTruth: Bool
        let isOneChosen: Bool
        let isOneOther: Bool

        init?(_ truths: [Int], _ chosen: [Int], _ others: [Int], of shape: [Int]) {
            func isSingle(_ small: [Int]) -> Bool? {
                if small == shape { return false }
                return small.allSatisfy { $0 == 1 } ? true : nil
            }
            guard let hasOneTruth = isSingle(truths), let isOneChosen = isSingle(chosen),
                let isOneOther = isSingle(others)
            else { return nil }
            (self.hasOneTruth, self.isOneChosen, self.isOneOther) = (hasOneTruth, isOneChosen, isOneOther)
        }

        func choose<Scalar>(_ truths: [Bool], _ chosen: [Scalar], _ others: [Scalar], _ count: Int) -> [Scalar] {
            if hasOneTruth {
                let (source, isOne) = truths[0] ? (chosen, isOneChosen) : (others, isOneOther)
                return isOne ? [Scalar](repeating: source[0], count: count) : source
            }
            return [Scalar](unwritten: count) { result, written in
                truths.withUnsafeBufferPointer { truths in
                    chosen.withUnsafeBufferPointer { chosen in
                        others.withUnsafeBufferPointer { others in
                            @inline(__always)
                            func fill(_ left: (Int) -> Scalar, _ right: (Int) -> Scalar) {
                                for index in 0..<count {
                                    result.initializeElement(at: index, to: truths[index] ? left(index) : right(index))
                                }
                            }
                            let (first, second) = (chosen[0], others[0])
                            switch (isOneChosen, isOneOther) {
                            case (false, false): fill({ chosen[$0] }, { others[$0] })
                            case (true, false): fill({ _ in first }, { others[$0] })
                            case (false, true): fill({ chosen[$0] }, { _ in second })
                            case (true, true): fill({ _ in first }, { _ in second })
                            }
                        }
                    }
                }
                written = count
            }
        }
    }
}
