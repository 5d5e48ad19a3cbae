import SlipwayModel

/// `IsNaN` and `IsInf`: which elements are not finite, and in what way.
final class NumberTestKernel: UnaryKernel {
    let detectsNaN: Bool
    let detectsPositive: Bool
    let detectsNegative: Bool

    init(detectsNaN: Bool, detectsPositive: Bool, detectsNegative: Bool) {
        (self.detectsNaN, self.detectsPositive, self.detectsNegative) = (detectsNaN, detectsPositive, detectsNegative)
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        switch input.elements {
        case .float32(let array): return Tensor(tested(array), shape: input.shape)
        case .float64(let array): return Tensor(tested(array), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) is always finite")
        }
    }

    private func tested<Scalar: FloatScalar>(_ array: [Scalar]) -> [Bool] {
        if detectsNaN { return array.transformed { $0 != $0 } }
        let (positive, negative) = (detectsPositive, detectsNegative)
        return array.transformed { ($0 == .infinity && positive) || ($0 == -.infinity && negative) }
    }
}
