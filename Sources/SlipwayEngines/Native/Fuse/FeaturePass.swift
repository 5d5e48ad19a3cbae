import SlipwayModel

/// Writes feature columns side by side into one matrix, straight from the graph inputs.
final class FeaturePass: FusedPass {
    /// The rows that are written at once: few enough to stay in the cache while operations change them.
    static let rowsAtOnce = 256

    let program: FeatureProgram
    /// The dimensions of one row of the result.
    let dimensions: [Int]

    init(program: FeatureProgram, dimensions: [Int]) { (self.program, self.dimensions) = (program, dimensions) }

    func run(_ inputs: Arguments) -> [Tensor]? {
        let rows = program.rowCount(of: inputs)
        // Without rows a node may refuse what it takes otherwise, such as to find an open dimension.
        guard rows > 0, (try? Shape.count([rows, program.width])) != nil else { return nil }
        var isComplete = true
        let atOnce = min(rows, Self.rowsAtOnce)
        let matrix = [Float](unwritten: rows * program.width) { matrix, written in
            written = rows * program.width
            let scratchCount = max((program.base?.width ?? 0) * atOnce, 1)
            withUnsafeTemporaryAllocation(of: Float.self, capacity: scratchCount) { scratch in
                guard let start = matrix.baseAddress, let scratch = scratch.baseAddress else { return }
                for first in stride(from: 0, to: rows, by: atOnce) where isComplete {
                    isComplete = program.write(
                        first..<min(rows, first + atOnce), of: inputs, scratch: scratch,
                        to: start + first * program.width)
                }
            }
        }
        return isComplete ? [Tensor(matrix, shape: [rows] + dimensions)] : nil
    }
}
