import SlipwayModel

/// `Scaler`: `(x - offset) · scale` per feature, in single precision.
final class ScalerKernel: UnaryKernel {
    let offsets: [Float]
    let scales: [Float]

    init(_ context: NodeContext) throws(KernelProblem) {
        let scales = try context.floats("scale") ?? []
        let offsets = try context.floats("offset") ?? []
        guard !scales.isEmpty, scales.count == offsets.count else {
            throw KernelProblem(.invalid, "\(offsets.count) offsets and \(scales.count) scales are given")
        }
        self.offsets = offsets
        self.scales = scales
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, width) = try input.rows()
        guard scales.count == 1 || scales.count == width else {
            throw KernelProblem(.failed, "rows have \(width) features, but \(scales.count) are scaled")
        }
        // Doubles are scaled as doubles and rounded once; whole numbers are rounded first.
        switch input.elements {
        case .float64(let array):
            let offsets = self.offsets.map { Double($0) }
            let scales = self.scales.map { Double($0) }
            let scaled = Self.scaled(array, rows: rows, width: width, offsets, scales)
            return Tensor(scaled.map { Float($0) }, shape: input.shape)
        default:
            let array = try input.numbers(as: Float.self)
            return Tensor(Self.scaled(array, rows: rows, width: width, offsets, scales), shape: input.shape)
        }
    }

    private static func scaled<Scalar: FloatScalar>(
        _ array: [Scalar], rows: Int, width: Int, _ offsets: [Scalar], _ scales: [Scalar]
    ) -> [Scalar] {
        [Scalar](unwritten: array.count) { result, written in
            array.withUnsafeBufferPointer { array in
                let step = scales.count == 1 ? 0 : 1
                for row in 0..<rows {
                    for column in 0..<width {
                        let value = (array[row * width + column] - offsets[column * step]) * scales[column * step]
                        result[row * width + column] = value
                    }
                }
            }
            written = array.count
        }
    }
}
