import CSlipwayKernels
import SlipwayModel

/// Coefficients and intercepts of a linear model, laid out for the product with rows.
///
/// The terms of a score are summed in double precision, feature by feature, and rounded once.
final class LinearScores: Sendable {
    /// The number of scores of a row.
    let count: Int
    /// The number of features of a row.
    let width: Int
    /// The sums kept for a row: a single score, or several filled up to whole panels.
    let lanes: Int
    /// The columns of a panel.
    private static let panel = Panels.width(of: Double.self)
    /// Features × panel for each panel of scores.
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
        let width = coefficients.count / count
        self.width = width
        lanes = count == 1 ? 1 : Panels.filledUp(count, of: Double.self)
        self.coefficients = coefficients.withUnsafeBufferPointer { coefficients in
            coefficients.baseAddress.map {
                Panels.packed($0, inner: width, columns: count, isTransposed: true, for: Double.self)
            } ?? []
        }
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
            if let start = values.baseAddress { score(start, rows: rows, take) }
        }
    }

    /// Hands out the sums of all rows in blocks.
    ///
    /// - Parameter values: Rows × ``width`` values.
    func score(_ values: UnsafePointer<Float>, rows: Int, _ take: LinearConsumer.Take) {
        withSums(of: rows) { sums in
            for first in stride(from: 0, to: rows, by: Self.rowsAtOnce) {
                let count = min(Self.rowsAtOnce, rows - first)
                score(values + first * width, pitch: width, features: 0..<width, rows: count, into: sums)
                take(first, count, sums)
            }
        }
    }

    /// Writes the sums of neighbouring features of some rows, ``lanes`` for each, which start from the intercepts.
    ///
    /// - Parameters:
    ///   - values: The first of these features in the first row.
    ///   - pitch: The distance from there to the next row.
    func score(
        _ values: UnsafePointer<Float>, pitch: Int, features: Range<Int>, rows: Int,
        into sums: UnsafeMutablePointer<Double>
    ) {
        coefficients.withUnsafeBufferPointer { coefficients in
            guard let start = coefficients.baseAddress else { return }
            let shape = slipway_shape(
                rows: rows, inner: features.count, columns: count, pitch: pitch, depth: width, stride: lanes)
            slipway_scores(shape, values, start + features.lowerBound * Self.panel, intercepts, false, sums)
        }
    }

    /// Goes through rows in blocks, whose sums start from the intercepts.
    func inBlocks(of rows: Int, _ take: LinearConsumer.Take) {
        withSums(of: rows) { sums in
            intercepts.withUnsafeBufferPointer { intercepts in
                for first in stride(from: 0, to: rows, by: Self.rowsAtOnce) {
                    let count = min(Self.rowsAtOnce, rows - first)
                    for row in 0..<count {
                        for lane in 0..<lanes { sums[row * lanes + lane] = intercepts[lane] }
                    }
                    take(first, count, sums)
                }
            }
        }
    }

    private func withSums(of rows: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: min(rows, Self.rowsAtOnce) * lanes) { sums in
            if let start = sums.baseAddress { body(start) }
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
            let shape = slipway_shape(
                rows: rows, inner: width, columns: count, pitch: width, depth: self.width, stride: lanes)
            slipway_scores(shape, values, start + feature * Self.panel, nil, true, sums)
        }
    }

    /// Adds a feature of value 1 to one row.
    @inline(__always)
    func addOne(feature: Int, to sums: UnsafeMutablePointer<Double>) {
        coefficients.withUnsafeBufferPointer { coefficients in
            for lane in 0..<count {
                let first = lane / Self.panel * Self.panel * width + lane % Self.panel
                sums[lane] += coefficients[first + feature * Self.panel]
            }
        }
    }
}
