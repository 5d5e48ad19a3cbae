import SlipwayModel

/// The vectors that a support-vector machine compares each row with.
///
/// Without vectors it is a linear model, whose rows of coefficients take their place.
struct SupportVectors: Sendable {
    /// The number of vectors.
    let count: Int
    /// The number of features of each.
    let width: Int
    private let values: [Float]
    private let kernel: VectorKernelFunction

    init(_ values: [Float], count: Int, kernel: VectorKernelFunction) throws(KernelProblem) {
        guard count > 0, values.count >= count, values.count.isMultiple(of: count) else {
            throw KernelProblem(.invalid, "\(values.count) numbers do not make up \(count) vectors")
        }
        self.values = values
        self.count = count
        width = values.count / count
        self.kernel = kernel
    }

    /// Calls with the kernel of each row and every vector.
    ///
    /// - Complexity: O(rows · vectors · features).
    func forEachRow(
        of input: Tensor, _ body: (_ row: Int, _ kernels: [Float]) -> Void
    ) throws(KernelProblem) {
        let (rows, width) = try input.rows()
        guard width == self.width else {
            throw KernelProblem(.failed, "rows have \(width) features, but the model has \(self.width)")
        }
        try Matrix.check(rows: rows, inner: width, columns: count)
        let features = try input.numbers(as: Float.self)
        var kernels = [Float](repeating: 0, count: count)
        for row in 0..<rows {
            let values = features[row * width..<(row + 1) * width]
            for vector in 0..<count {
                kernels[vector] = kernel(values, self.values[vector * width..<(vector + 1) * width])
            }
            body(row, kernels)
        }
    }
}
