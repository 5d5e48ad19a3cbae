import CSlipwayKernels

/// A right matrix laid out for products with rows, panel by panel.
///
/// The terms of an element are summed in the order of `inner`, whatever the number of rows, so a row alone gets the bits
/// that it gets among others, on every processor. Sums are kept in double precision where the matrix is narrow, as in
/// the formulas of classic models, whose terms may cancel; those of a wide one, as networks have, in that of the scalar.
struct PackedMatrix<Scalar: FloatScalar>: Sendable {
    /// The columns from which on a product is summed in the precision of its elements.
    private static var narrowest: Int { 8 }
    /// The columns of a product that is faster with rows in lanes even where rows lie one after another.
    private static var columnsInLanes: ClosedRange<Int> { 2...4 }
    /// The rows from which on lanes are filled.
    static var rowsInLanes: Int { 16 }

    /// The rows of the matrix.
    let inner: Int
    /// The columns of the matrix.
    let columns: Int
    private var values: Values

    /// The elements in the precision of the sums, the last panel filled up with zeros.
    private enum Values: Sendable {
        case floats([Float])
        case doubles([Double])
    }

    /// Makes room for a matrix.
    init(inner: Int, columns: Int) {
        self.inner = inner
        self.columns = columns
        if Scalar.self == Float.self, columns >= Self.narrowest {
            values = .floats([Float](repeating: 0, count: inner * Panels.filledUp(columns, of: Float.self)))
        } else {
            values = .doubles([Double](repeating: 0, count: inner * Panels.filledUp(columns, of: Double.self)))
        }
    }

    /// Packs a matrix.
    ///
    /// - Parameters:
    ///   - matrix: Row-major, inner × columns.
    ///   - isTransposed: Whether it is columns × inner instead.
    init(_ matrix: UnsafePointer<Scalar>, inner: Int, columns: Int, isTransposed: Bool = false) {
        self.init(inner: inner, columns: columns)
        fill(from: matrix, isTransposed: isTransposed)
    }

    /// The columns of a product as they are filled up to whole panels.
    var filledColumns: Int {
        switch values {
        case .floats: Panels.filledUp(columns, of: Float.self)
        case .doubles: Panels.filledUp(columns, of: Double.self)
        }
    }

    /// A bias, one for each column, in the form that a product takes.
    func filledUp(_ bias: [Scalar]) -> [Scalar] { bias + [Scalar](repeating: 0, count: filledColumns - bias.count) }

    /// Takes the elements of another matrix of the same size.
    ///
    /// - Complexity: O(inner · columns).
    mutating func fill(from matrix: UnsafePointer<Scalar>, isTransposed: Bool = false) {
        switch values {
        case .floats(var packed):
            values = .floats([])
            Panels.pack(
                matrix, inner: inner, columns: columns, isTransposed: isTransposed, for: Float.self, into: &packed)
            values = .floats(packed)
        case .doubles(var packed):
            values = .doubles([])
            Panels.pack(
                matrix, inner: inner, columns: columns, isTransposed: isTransposed, for: Double.self, into: &packed)
            values = .doubles(packed)
        }
    }

    /// Where the rows and columns of a matrix lie that meets this one; elements of a row are neighbours, or of a column.
    struct Places {
        fileprivate let places: slipway_places

        /// Row after row.
        static func rows(of width: Int) -> Places { Places(places: slipway_places(row: width, column: 1)) }
        /// Column after column.
        static func columns(of height: Int) -> Places { Places(places: slipway_places(row: 1, column: height)) }
    }

    /// Whether the matrix is a narrow one of floats, as ``multiplyInLanes(_:_:rows:adding:rectifying:into:_:)`` takes it.
    var fitsLanes: Bool { Scalar.self == Float.self && columns < Self.narrowest }

    /// Does what ``multiply(_:rows:adding:rectifying:into:)`` does, faster for many rows where ``fitsLanes`` is true.
    func multiplyInLanes(
        _ left: UnsafePointer<Scalar>, _ leftPlaces: Places, rows: Int, adding bias: UnsafePointer<Scalar>? = nil,
        rectifying: Bool = false, into result: UnsafeMutablePointer<Scalar>, _ resultPlaces: Places
    ) {
        guard fitsLanes, case .doubles(let values) = values else { return }
        let shape = slipway_lanes(
            rows: rows, inner: inner, columns: columns, left: leftPlaces.places,
            right: slipway_places(row: Panels.width(of: Double.self), column: 1), result: resultPlaces.places)
        slipway_multiply_in_lanes(
            shape, UnsafeRawPointer(left).assumingMemoryBound(to: Float.self), values,
            bias.map { UnsafeRawPointer($0).assumingMemoryBound(to: Float.self) }, rectifying,
            UnsafeMutableRawPointer(result).assumingMemoryBound(to: Float.self))
    }

    /// Writes `left · matrix + bias`, with negative elements set to zero on request.
    ///
    /// - Parameters:
    ///   - left: Rows × inner, row-major.
    ///   - bias: ``filledColumns`` elements, if anything is added.
    ///   - result: Rows × columns, row-major.
    /// - Complexity: O(rows · inner · columns).
    func multiply(
        _ left: UnsafePointer<Scalar>, rows: Int, adding bias: UnsafePointer<Scalar>? = nil, rectifying: Bool = false,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        if fitsLanes, Self.columnsInLanes.contains(columns), rows >= Self.rowsInLanes {
            return multiplyInLanes(
                left, .rows(of: inner), rows: rows, adding: bias, rectifying: rectifying, into: result,
                .rows(of: columns))
        }
        let shape = slipway_shape(
            rows: rows, inner: inner, columns: columns, pitch: inner, depth: inner, stride: columns)
        let (left, result) = (UnsafeRawPointer(left), UnsafeMutableRawPointer(result))
        let bias = bias.map { UnsafeRawPointer($0) }
        switch values {
        case .floats(let values):
            slipway_multiply_f32(
                shape, left.assumingMemoryBound(to: Float.self), values,
                bias?.assumingMemoryBound(to: Float.self), rectifying, result.assumingMemoryBound(to: Float.self))
        case .doubles(let values) where Scalar.self == Float.self:
            slipway_multiply_exactly(
                shape, left.assumingMemoryBound(to: Float.self), values,
                bias?.assumingMemoryBound(to: Float.self), rectifying, result.assumingMemoryBound(to: Float.self))
        case .doubles(let values):
            slipway_multiply_f64(
                shape, left.assumingMemoryBound(to: Double.self), values,
                bias?.assumingMemoryBound(to: Double.self), rectifying, result.assumingMemoryBound(to: Double.self))
        }
    }
}
