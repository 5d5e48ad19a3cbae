import SlipwayModel

/// `Imputer`: one value, often NaN, replaced by another one per feature.
final class ImputerKernel: UnaryKernel {
    let floats: (imputed: [Float], replaced: Float)
    private let integers: (imputed: [Int64], replaced: Int64)

    init(_ context: NodeContext) throws(KernelProblem) {
        floats = (
            try context.floats("imputed_value_floats") ?? [], try context.float("replaced_value_float", default: 0)
        )
        integers = (
            (try context.integers("imputed_value_int64s") ?? []).map { Int64($0) },
            Int64(try context.integer("replaced_value_int64", default: 0))
        )
        guard floats.imputed.isEmpty != integers.imputed.isEmpty else {
            throw KernelProblem(.invalid, "values to fill in must be floats or integers, and not both")
        }
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        switch input.elements {
        case .float32(let array): return try fill(array, input, floats.imputed, floats.replaced)
        case .float64(let array):
            return try fill(array, input, floats.imputed.map { Double($0) }, Double(floats.replaced))
        case .int64(let array): return try fill(array, input, integers.imputed, integers.replaced)
        default: throw KernelProblem(.failed, "\(input.elementType) has no missing values")
        }
    }

    private func fill<Scalar: NumericScalar>(
        _ array: [Scalar], _ input: Tensor, _ imputed: [Scalar], _ replaced: Scalar
    ) throws(KernelProblem) -> Tensor {
        let (_, width) = try input.rows()
        guard !imputed.isEmpty, imputed.count == 1 || imputed.count == width else {
            throw KernelProblem(
                .failed, "rows of \(width) \(input.elementType) have \(imputed.count) values to fill in")
        }
        var result = array
        result.withUnsafeMutableBufferPointer { values in
            for column in 0..<width {
                let imputed = imputed[imputed.count == 1 ? 0 : column]
                for index in stride(from: column, to: values.count, by: width) {
                    let value = values[index]
                    let isReplaced = value == replaced || (value.isUndefined && replaced.isUndefined)
                    values[index] = isReplaced ? imputed : value
                }
            }
        }
        return Tensor(result, shape: input.shape)
    }
}
