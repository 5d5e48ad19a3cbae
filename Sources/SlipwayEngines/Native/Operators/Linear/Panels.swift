/// The layout of right matrices that the kernels multiply with: a few neighbouring columns at a time.
///
/// The factors of one row for the columns of a panel are neighbours, those of the next row follow, and the last panel
/// is filled up.
enum Panels {
    /// The bytes of the sums of one panel.
    private static let bytes = 64

    /// The columns of a panel whose sums have a type.
    static func width<Sum>(of _: Sum.Type) -> Int { bytes / MemoryLayout<Sum>.stride }

    /// A number of columns filled up to whole panels.
    static func filledUp<Sum>(_ columns: Int, of type: Sum.Type) -> Int {
        (columns + width(of: type) - 1) / width(of: type) * width(of: type)
    }

    /// Packs a matrix whose sums have a type; the last panel is filled up with zeros.
    ///
    /// - Parameters:
    ///   - matrix: Row-major, inner × columns.
    ///   - isTransposed: Whether it is columns × inner instead.
    /// - Complexity: O(inner · columns).
    static func packed<Scalar: FloatScalar, Packed: FloatScalar, Sum>(
        _ matrix: UnsafePointer<Scalar>, inner: Int, columns: Int, isTransposed: Bool = false, for type: Sum.Type,
        as _: Packed.Type = Packed.self
    ) -> [Packed] {
        var packed = [Packed](repeating: 0, count: inner * filledUp(columns, of: type))
        pack(matrix, inner: inner, columns: columns, isTransposed: isTransposed, for: type, into: &packed)
        return packed
    }

    /// Packs a matrix in place of another one of the same size.
    @inline(__always)
    static func pack<Scalar: FloatScalar, Packed: FloatScalar, Sum>(
        _ matrix: UnsafePointer<Scalar>, inner: Int, columns: Int, isTransposed: Bool, for type: Sum.Type,
        into packed: inout [Packed]
    ) {
        let (step, next) = isTransposed ? (1, inner) : (columns, 1)
        let panel = width(of: type)
        packed.withUnsafeMutableBufferPointer { packed in
            guard var target = packed.baseAddress else { return }
            for first in stride(from: 0, to: columns, by: panel) {
                let width = min(panel, columns - first)
                for position in 0..<inner {
                    let source = matrix + position * step + first * next
                    for column in 0..<width { target[column] = Packed(source[column * next]) }
                    target += panel
                }
            }
        }
    }
}
