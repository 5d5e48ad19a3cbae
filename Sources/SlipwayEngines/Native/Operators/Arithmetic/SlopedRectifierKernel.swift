import SlipwayModel

/// `PRelu`: negative values times a slope that is broadcast over them.
final class SlopedRectifierKernel: Kernel {
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let input = try inputs.tensor(0)
        let slope = try inputs.tensor(1)
        let broadcast = try Broadcast(input.shape, slope.shape)
        guard broadcast.shape == input.shape else {
            throw KernelProblem(.failed, "slopes of shape \(slope.shape) do not fit an input of shape \(input.shape)")
        }
        switch input.elements {
        case .float32(let array): return [try rectify(array, slope, broadcast)]
        case .float64(let array): return [try rectify(array, slope, broadcast)]
        case .int32(let array): return [try rectify(array, slope, broadcast)]
        case .int64(let array): return [try rectify(array, slope, broadcast)]
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) has no slope")
        }
    }

    private func rectify<Scalar: NumericScalar>(
        _ array: [Scalar], _ slope: Tensor, _ broadcast: Broadcast
    ) throws(KernelProblem) -> Tensor {
        let zero = Scalar(rounding: 0)
        let result = broadcast.combine(array, try slope.array(of: Scalar.self)) { value, slope in
            value < zero ? Scalar.product(slope, value) : value
        }
        return Tensor(result, shape: broadcast.shape)
    }
}
