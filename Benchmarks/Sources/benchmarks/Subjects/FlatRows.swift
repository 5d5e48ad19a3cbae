/// Rows as the C interfaces take them: float32, one row after another, at an address that never changes.
struct FlatRows {
    /// All cells.
    let cells: UnsafeBufferPointer<Float>
    /// The first cell.
    let base: UnsafePointer<Float>
    /// The cells of a row.
    let width: Int

    /// The number of rows.
    var count: Int { cells.count / width }

    /// Copies rows into memory of their own, which is kept until the process ends.
    ///
    /// - Throws: ``BenchmarkProblem`` when there are no cells.
    init(_ cells: [Float], width: Int) throws {
        let memory = UnsafeMutableBufferPointer<Float>.allocate(capacity: cells.count)
        _ = memory.initialize(from: cells)
        guard let base = memory.baseAddress, !cells.isEmpty, width > 0 else { throw BenchmarkProblem("no rows") }
        (self.cells, self.base, self.width) = (UnsafeBufferPointer(memory), UnsafePointer(base), width)
    }

    /// The address of a row.
    func row(_ index: Int) -> UnsafePointer<Float> { base + index * width }
}
