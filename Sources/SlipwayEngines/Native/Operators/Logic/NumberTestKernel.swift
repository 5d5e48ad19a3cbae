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
        case .float32(let array): return Tensor(array.transformed(test), shape: input.shape)
        case .float64(let array): return Tensor(array.transformed(test), shape: input.shape)
        default: throw KernelProblem(.failed, "\(input.elementType) is always finite")
        }
    }

    private func test<Scalar: FloatScalar>(_ value: Scalar) -> Bool {
        if value.isNaN { return detectsNaN }
        return value.isInfinite && (value > 0 ? detectsPositive : detectsNegative)
    }
}
