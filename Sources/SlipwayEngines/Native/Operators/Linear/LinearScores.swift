import SlipwayModel

/// Coefficients and intercepts of a linear model, laid out for the product with rows.
///
/// The terms of a score are summed in double precision, feature by feature, and rounded once.
struct LinearScores: Sendable {
    /// The number of scores of a row.
    let count: Int
    /// The number of features of a row.
    let width: Int
    /// The sums kept for a row: the scores, filled up so that they are added by twos or fours.
    let lanes: Int
    /// Features × lanes, row-major.
    private let coefficients: [Double]
    /// One per lane.
    private let intercepts: [Double]

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
        lanes = count <= 2 ? count : (count + 3) / 4 * 4
        var turned = [Double](repeating: 0, count: width * lanes)
        for score in 0..<count {
            for feature in 0..<width {
                turned[feature * lanes + score] = Double(coefficients[score * width + feature])
            }
        }
        self.coefficients = turned
        self.intercepts = (0..<lanes).map { $0 < intercepts.count ? Double(intercepts[$0]) : 0 }
    }

    /// Whether a feature of zero adds nothing, because no coefficient is infinite or NaN.
    var isFinite: Bool { coefficients.allSatisfy(\.isFinite) }

    /// The rows whose sums are kept at once.
    static let rowsAtOnce = 256

    /// The rows of a tensor that fits the model.
    ///
    /// - Parameter answerWidth: The elements that are going to be written for each row.
    func features(
        of input: Tensor, answerWidth: Int
    ) throws(KernelProblem) -> (rows: Int, values: [Float]) {
        let (rows, width) = try input.rows()
        guard width == self.width else {
            throw KernelProblem(.failed, "rows have \(width) features, but the model has \(self.width)")
        }
        _ = try Shape.count([rows, answerWidth])
        return (rows, try input.numbers(as: Float.self))
    }

    /// Hands out the sums of all rows in blocks.
    ///
    /// - Parameter values: Rows × ``width`` values.
    func score(_ values: [Float], rows: Int, _ take: LinearConsumer.Take) {
        values.withUnsafeBufferPointer { values in
            guard let start = values.baseAddress else { return }
            inBlocks(of: rows) { first, count, sums in
                add(start + first * width, width: width, from: 0, rows: count, to: sums)
                take(first, count, sums)
            }
        }
    }

    /// Goes through rows in blocks, whose sums start from the intercepts.
    func inBlocks(of rows: Int, _ take: LinearConsumer.Take) {
        let most = min(rows, Self.rowsAtOnce)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: most * lanes) { sums in
            guard let start = sums.baseAddress else { return }
            for first in stride(from: 0, to: rows, by: Self.rowsAtOnce) {
                let count = min(Self.rowsAtOnce, rows - first)
                for row in 0..<count {
                    for lane in 0..<lanes { start[row * lanes + lane] = intercepts[lane] }
                }
                take(first, count, start)
            }
        }
    }

    /// Adds neighbouring features of some rows.
    ///
    /// - Parameters:
    ///   - values: Rows × `width` values.
    ///   - feature: The place of the first of them among the features of the model.
    func add(
        _ values: UnsafePointer<Float>, width: Int, from feature: Int, rows: Int, to sums: UnsafeMutablePointer<Double>
    ) {
        coefficients.withUnsafeBufferPointer { coefficients in
            guard let start = coefficients.baseAddress else { return }
            let factors = start + feature * lanes
            switch lanes {
            case 1:
                for row in 0..<rows {
                    var sum = sums[row]
                    for index in 0..<width { sum += Double(values[row * width + index]) * factors[index] }
                    sums[row] = sum
                }
            case 2: add(values, width: width, factors, rows: rows, to: sums, by: SIMD2<Double>.self)
            default: add(values, width: width, factors, rows: rows, to: sums, by: SIMD4<Double>.self)
            }
        }
    }

    @inline(__always)
    private func add<Vector: SIMD>(
        _ values: UnsafePointer<Float>, width: Int, _ factors: UnsafePointer<Double>, rows: Int,
        to sums: UnsafeMutablePointer<Double>, by _: Vector.Type
    ) where Vector.Scalar == Double {
        for row in 0..<rows {
            for lane in stride(from: 0, to: lanes, by: Vector.scalarCount) {
                let target = UnsafeMutableRawPointer(sums + row * lanes + lane)
                var sum = target.loadUnaligned(as: Vector.self)
                for index in 0..<width {
                    let factor = UnsafeRawPointer(factors + index * lanes + lane).loadUnaligned(as: Vector.self)
                    sum += factor * Double(values[row * width + index])
                }
                target.storeBytes(of: sum, as: Vector.self)
            }
        }
    }

    /// Adds a feature of value 1 to one row.
    @inline(__always)
    func addOne(feature: Int, to sums: UnsafeMutablePointer<Double>) {
        coefficients.withUnsafeBufferPointer { coefficients in
            for lane in 0..<lanes { sums[lane] += coefficients[feature * lanes + lane] }
        }
    }
}
