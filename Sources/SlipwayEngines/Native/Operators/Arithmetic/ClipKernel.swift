import SlipwayModel

/// `Clip`: values below a minimum or above a maximum are set to it; NaN stays.
///
/// A bound that is left out is the last finite value, so an infinity never passes.
final class ClipKernel: SingleKernel {
    /// The bounds as attributes, before operator set 11.
    let attributes: (minimum: Float?, maximum: Float?)

    init(_ context: NodeContext) throws(KernelProblem) {
        guard context.opset < 11 else {
            attributes = (nil, nil)
            return
        }
        attributes = (try context.float("min"), try context.float("max"))
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let input = try inputs.tensor(0)
        switch input.elements {
        case .float32(let array): return try clip(array, input.shape, inputs)
        case .float64(let array): return try clip(array, input.shape, inputs)
        case .int32(let array): return try clip(array, input.shape, inputs)
        case .int64(let array): return try clip(array, input.shape, inputs)
        case .bool, .string: throw KernelProblem(.failed, "\(input.elementType) cannot be clipped")
        }
    }

    private func clip<Scalar: NumericScalar>(
        _ array: [Scalar], _ shape: [Int], _ inputs: Arguments
    ) throws(KernelProblem) -> Tensor {
        let range = Scalar.finiteRange
        let low = try bound(inputs.optional(1), attributes.minimum, of: Scalar.self) ?? range.lowerBound
        let high = try bound(inputs.optional(2), attributes.maximum, of: Scalar.self) ?? range.upperBound
        let result = array.transformed { value in
            let raised = value < low ? low : value
            return raised > high ? high : raised
        }
        return Tensor(result, shape: shape)
    }

    private func bound<Scalar: NumericScalar>(
        _ input: Tensor?, _ attribute: Float?, of type: Scalar.Type
    ) throws(KernelProblem) -> Scalar? {
        guard let input else { return attribute.map { Scalar(rounding: Double($0)) } }
        let values = try input.array(of: type)
        guard values.count == 1 else { throw KernelProblem(.failed, "a bound has \(values.count) elements, not one") }
        return values[0]
    }
}
