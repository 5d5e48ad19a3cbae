import SlipwayModel

/// Coefficients and intercepts of a linear model, laid out for the product with rows.
struct LinearScores: Sendable {
    /// The number of scores of a row.
    let count: Int
    /// The number of features of a row.
    let width: Int
    /// Features × scores, row-major.
    private let coefficients: [Float]
    private let intercepts: [Float]

    /// Checks and turns the attributes, which hold one row of coefficients per score.
    init(coefficients: [Float], intercepts: [Float], count: Int) throws(KernelProblem) {
        guard count > 0, count <= NativeLimits.scores else {
            throw KernelProblem(.invalid, "\(count) scores are not between 1 and \(NativeLimits.scores)")
        }
        guard !coefficients.isEmpty, coefficients.count.isMultiple(of: count) else {
            throw KernelProblem(.invalid, "\(coefficients.count) coefficients are no multiple of \(count) scores")
        }
        guard intercepts.isEmpty || intercepts.count == count else {
            throw KernelProblem(.invalid, "\(intercepts.count) intercepts are given for \(count) scores")
        }
        self.count = count
        width = coefficients.count / count
        self.coefficients = Matrix.transposed(coefficients, rows: count, columns: width)
        self.intercepts = intercepts.isEmpty ? [Float](repeating: 0, count: count) : intercepts
    }

    /// The raw scores of all rows, row-major.
    ///
    /// Terms are summed in double precision and rounded once.
    func scores(of input: Tensor) throws(KernelProblem) -> (rows: Int, values: [Float]) {
        let (rows, width) = try input.rows()
        guard width == self.width else {
            throw KernelProblem(.failed, "rows have \(width) features, but the model has \(self.width)")
        }
        let features = try input.numbers(as: Float.self)
        var values: [Float] = []
        values.reserveCapacity(try Shape.count([rows, count]))
        var sums = [Double](repeating: 0, count: count)
        for row in 0..<rows {
            for score in 0..<count { sums[score] = Double(intercepts[score]) }
            for feature in 0..<width {
                let value = Double(features[row * width + feature])
                let start = feature * count
                for score in 0..<count { sums[score] += value * Double(coefficients[start + score]) }
            }
            for score in 0..<count { values.append(Float(sums[score])) }
        }
        return (rows, values)
    }
}
