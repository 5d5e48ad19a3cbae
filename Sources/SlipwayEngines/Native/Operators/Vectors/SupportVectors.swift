import CSlipwayKernels
import SlipwayModel

/// The vectors that a support-vector machine compares each row with.
///
/// Without vectors it is a linear model, whose rows of coefficients take their place.
final class SupportVectors: Sendable {
    /// Gets the first row of a block, the number of its rows, and ``count`` kernels for each.
    typealias Take = (_ first: Int, _ rows: Int, _ kernels: UnsafePointer<Float>) -> Void

    /// The most kernels that are kept at once, for as many rows as they suffice.
    private static let kernelsAtOnce = 1 << 13

    /// The number of vectors.
    let count: Int
    /// The number of features of each.
    let width: Int
    /// Features × panel for each panel of vectors.
    let packed: [Double]
    /// How alike two vectors are.
    let kernel: VectorKernelFunction

    init(_ values: [Float], count: Int, kernel: VectorKernelFunction) throws(KernelProblem) {
        guard count > 0, values.count >= count, values.count.isMultiple(of: count) else {
            throw KernelProblem(.invalid, "\(values.count) numbers do not make up \(count) vectors")
        }
        let width = values.count / count
        packed = values.withUnsafeBufferPointer { values in
            values.baseAddress.map {
                Panels.packed($0, inner: width, columns: count, isTransposed: true, for: Double.self)
            } ?? []
        }
        self.count = count
        self.width = width
        self.kernel = kernel
    }

    /// The rows of a tensor that fits the vectors.
    func features(of input: Tensor) throws(KernelProblem) -> (rows: Int, values: [Float]) {
        let (rows, width) = try input.rows()
        guard width == self.width else {
            throw KernelProblem(.failed, "rows have \(width) features, but the model has \(self.width)")
        }
        try Matrix.check(rows: rows, inner: width, columns: count)
        return (rows, try input.numbers(as: Float.self))
    }

    /// Hands out the kernels of all rows and every vector in blocks.
    ///
    /// - Parameter values: Rows × ``width`` values.
    /// - Complexity: O(rows · vectors · features).
    func compare(_ values: [Float], rows: Int, _ take: Take) {
        guard rows > 0 else { return }
        let rowsAtOnce = min(rows, max(1, Self.kernelsAtOnce / count))
        let capacity =
            (rowsAtOnce * count + VectorKernelFunction.laneCount - 1) / VectorKernelFunction.laneCount
            * VectorKernelFunction.laneCount
        values.withUnsafeBufferPointer { values in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: capacity) { sums in
                withUnsafeTemporaryAllocation(of: Float.self, capacity: capacity) { kernels in
                    guard let values = values.baseAddress, let sums = sums.baseAddress,
                        let kernels = kernels.baseAddress
                    else { return }
                    // The last elements are computed with the others, and thrown away.
                    for index in max(0, capacity - VectorKernelFunction.laneCount)..<capacity { sums[index] = 0 }
                    for first in stride(from: 0, to: rows, by: rowsAtOnce) {
                        let block = min(rowsAtOnce, rows - first)
                        sum(values + first * width, rows: block, into: sums)
                        kernel.apply(to: sums, count: block * count, into: kernels)
                        take(first, block, kernels)
                    }
                }
            }
        }
    }

    /// Writes the products or the squared distances that the kernels are made of.
    private func sum(_ values: UnsafePointer<Float>, rows: Int, into sums: UnsafeMutablePointer<Double>) {
        let shape = slipway_shape(
            rows: rows, inner: width, columns: count, pitch: width, depth: width, stride: count)
        if kernel.kind == .radial {
            slipway_distances_f32(shape, values, packed, sums)
        } else {
            slipway_scores(shape, values, packed, nil, false, sums)
        }
    }
}
