import CSlipwayKernels

/// A ``ColumnOperation`` made ready to run.
final class ColumnChange: Sendable {
    private let kind: slipway_change_kind
    private let replaced: Float
    /// One or two figures for each column.
    private let first: FixedArray<Float>
    private let second: FixedArray<Float>

    init(_ kind: slipway_change_kind, replaced: Float = 0, _ first: [Float], _ second: [Float]) {
        (self.kind, self.replaced) = (kind, replaced)
        (self.first, self.second) = (FixedArray(first), FixedArray(second))
    }

    /// Changes columns of some rows, which may go to the place where they are.
    ///
    /// - Parameters:
    ///   - pitch: The distance from one row of the source to the next.
    ///   - stride: That of the target.
    /// - Returns: Whether there is a result for every element.
    func apply(
        to source: UnsafePointer<Float>, pitch: Int, into target: UnsafeMutablePointer<Float>, stride: Int, rows: Int
    ) -> Bool {
        slipway_change_columns(
            slipway_change(kind: kind, replaced: replaced, first: first.start, second: second.start),
            slipway_block(
                rows: rows, columns: first.count, source: source, pitch: pitch, target: target, stride: stride))
    }
}
