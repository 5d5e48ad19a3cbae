import CSlipwayKernels

/// The sums of weighted kernels that the decisions of a support-vector machine are made of.
///
/// Vectors stand in groups, such as those of one class, and each has as many weights as its group has sums.
final class VectorSums: Sendable {
    /// The sums of some rows.
    struct Block {
        /// The first of these rows.
        let first: Int
        /// Their number.
        let rows: Int
        /// The sums of all rows for the first sum of the first group, then for the next sum.
        fileprivate let start: UnsafePointer<Double>
        fileprivate let stride: Int

        /// A sum of a row that is counted within the block; sums are counted through all groups.
        @inline(__always)
        subscript(row: Int, sum: Int) -> Double { start[sum &* stride &+ row] }
    }

    /// The rows that the widest vectors take together; fewer than half of them are better compared one by one.
    private static let tile = 32
    /// The sums that are kept at once, for as many rows as they suffice.
    private static let sumsAtOnce = 1 << 13

    /// The vectors that rows are compared with.
    let vectors: SupportVectors
    /// The weights in the form in which one row wants them.
    private let scores: LinearScores
    /// As many for each vector as a group has sums.
    private let weights: [Double]
    private let starts: [Double]
    /// The vector after the last one of each group.
    private let ends: [Int]

    /// Joins vectors with their weights.
    ///
    /// - Parameters:
    ///   - weights: For the first sum the weight of each vector, then for the next sum.
    ///   - starts: What each sum of a group begins with; all zero where there are none.
    ///   - counts: The vectors of each group.
    init(
        _ vectors: SupportVectors, weights: [Float], starts: [Float] = [], sums: Int, counts: [Int]
    ) throws(KernelProblem) {
        self.vectors = vectors
        scores = try LinearScores(coefficients: weights, intercepts: starts, count: sums)
        self.weights = (0..<vectors.count * sums).map { Double(weights[$0 % sums * vectors.count + $0 / sums]) }
        self.starts = (0..<sums).map { starts.isEmpty ? 0 : Double(starts[$0]) }
        var ends: [Int] = []
        for count in counts { ends.append((ends.last ?? 0) + count) }
        self.ends = ends
    }

    /// The sums of one row.
    private var count: Int { ends.count * starts.count }

    /// Hands out the sums of all rows in blocks.
    ///
    /// - Parameter values: The features of all rows.
    /// - Complexity: O(rows · vectors · (features + sums)).
    func add(_ values: [Float], rows: Int, _ take: (Block) -> Void) {
        guard let kernel = vectors.kernel.code, rows >= Self.tile / 2 else { return addRows(values, rows: rows, take) }
        let wanted = max(1, min(LinearScores.rowsAtOnce, Self.sumsAtOnce / count) / Self.tile) * Self.tile
        let atOnce = min(wanted, (rows + Self.tile - 1) / Self.tile * Self.tile)
        let scratchCount = (vectors.width + starts.count) * Self.tile
        let byteCount = (scratchCount + atOnce * count) * MemoryLayout<Double>.stride
        values.withUnsafeBufferPointer { values in
            withUnsafeTemporaryAllocation(byteCount: byteCount, alignment: 64) { memory in
                guard let values = values.baseAddress,
                    let scratch = memory.baseAddress?.assumingMemoryBound(to: Double.self)
                else { return }
                let sums = scratch + scratchCount
                withLayout { layout in
                    for first in stride(from: 0, to: rows, by: atOnce) {
                        let block = min(atOnce, rows - first)
                        slipway_weigh(layout, kernel, values + first * vectors.width, block, scratch, sums, atOnce)
                        take(Block(first: first, rows: block, start: sums, stride: atOnce))
                    }
                }
            }
        }
    }

    private func withLayout(_ body: (slipway_vectors) -> Void) {
        vectors.packed.withUnsafeBufferPointer { packed in
            weights.withUnsafeBufferPointer { weights in
                starts.withUnsafeBufferPointer { starts in
                    ends.withUnsafeBufferPointer { ends in
                        guard let packed = packed.baseAddress, let weights = weights.baseAddress,
                            let start = starts.baseAddress, let end = ends.baseAddress
                        else { return }
                        body(
                            slipway_vectors(
                                packed: packed, width: vectors.width, ends: end, groups: ends.count, weights: weights,
                                sums: starts.count, start: start))
                    }
                }
            }
        }
    }

    /// Adds the kernels of rows that are too few, or of a kernel that has no form in vectors.
    private func addRows(_ values: [Float], rows: Int, _ take: (Block) -> Void) {
        let lanes = scores.lanes
        withUnsafeTemporaryAllocation(of: Double.self, capacity: count + lanes) { memory in
            guard let sums = memory.baseAddress else { return }
            let group = sums + count
            vectors.compare(values, rows: rows) { first, rows, kernels in
                for row in 0..<rows {
                    let kernels = kernels + row * vectors.count
                    var start = 0
                    for (index, end) in ends.enumerated() {
                        scores.score(
                            kernels + start, pitch: vectors.count, features: start..<end, rows: 1, into: group)
                        for sum in 0..<starts.count { sums[index * starts.count + sum] = group[sum] }
                        start = end
                    }
                    take(Block(first: first + row, rows: 1, start: sums, stride: 1))
                }
            }
        }
    }
}
