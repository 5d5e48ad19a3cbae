import SlipwayModel

/// Writes feature columns side by side into one matrix, straight from the graph inputs.
struct FeaturePass: FusedPass {
    /// The rows that are written at once: few enough to stay in the cache while operations change them.
    static let rowsAtOnce = 256

    let program: FeatureProgram
    /// The dimensions of one row of the result.
    let dimensions: [Int]

    func run(_ inputs: Arguments) -> [Tensor]? {
        let rows = program.rowCount(of: inputs)
        // Without rows a node may refuse what it takes otherwise, such as to find an open dimension.
        guard rows > 0, (try? Shape.count([rows, program.width])) != nil else { return nil }
        var isComplete = true
        let matrix = [Float](unsafeUninitializedCapacity: rows * program.width) { matrix, written in
            written = rows * program.width
            guard let start = matrix.baseAddress else { return }
            for first in stride(from: 0, to: rows, by: Self.rowsAtOnce) where isComplete {
                let block = first..<min(rows, first + Self.rowsAtOnce)
                for index in program.groups.indices where isComplete {
                    let target = start + first * program.width + program.groups[index].first
                    isComplete = program.groups[index].write(block, of: inputs, to: target, stride: program.width)
                }
            }
        }
        return isComplete ? [Tensor(matrix, shape: [rows] + dimensions)] : nil
    }
}
