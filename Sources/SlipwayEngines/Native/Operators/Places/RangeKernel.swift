import SlipwayModel

/// `Range`: numbers from a start up to a limit by a step.
final class RangeKernel: Kernel {
    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        switch try inputs.tensor(0).elements {
        case .float32: return [try count(inputs, of: Float.self)]
        case .float64: return [try count(inputs, of: Double.self)]
        case .int32: return [try count(inputs, of: Int32.self)]
        case .int64: return [try count(inputs, of: Int64.self)]
        case .bool, .string: throw KernelProblem(.failed, "\(try inputs.tensor(0).elementType) has no range")
        }
    }

    private func count<Scalar: NumericScalar>(_ inputs: Arguments, of type: Scalar.Type) throws(KernelProblem) -> Tensor
    {
        var bounds: [Scalar] = []
        for index in 0..<3 {
            let values = try inputs.tensor(index).array(of: type)
            guard values.count == 1 else { throw KernelProblem(.failed, "input \(index) is not one number") }
            bounds.append(values[0])
        }
        let (start, step) = (bounds[0], bounds[2])
        let length = ((bounds[1].asDouble - start.asDouble) / step.asDouble).rounded(.up)
        guard length < Double(NativeLimits.elements), step.asDouble != 0 else {
            throw KernelProblem(
                .tooLarge, "a range by \(step) has no end, or more than \(NativeLimits.elements) numbers")
        }
        let count = Int(max(0, length))
        let numbers = (0..<count).map { Scalar.sum(start, Scalar.product(Scalar(rounding: Double($0)), step)) }
        return Tensor(numbers, shape: [count])
    }
}
