/// A product with a constant matrix, what is added to it, and the function of the sums, as one layer of a network.
struct DenseLayer<Scalar: FloatScalar>: Sendable {
    /// What is computed of each sum.
    enum Activation: Sendable {
        /// Negative sums become zero.
        case rectified
        /// A function of single-precision numbers.
        case function(VectorMath.Function)
    }

    let matrix: PackedMatrix<Scalar>
    /// One number for each column, filled up; empty where nothing is added.
    private(set) var bias: [Scalar] = []
    private(set) var activation: Activation?

    init(_ matrix: PackedMatrix<Scalar>) {
        self.matrix = matrix
    }

    /// Adds one number for each column, or says that this cannot be a part of the layer any more.
    mutating func add(_ figures: [Scalar]) -> Bool {
        guard bias.isEmpty, activation == nil, figures.count == matrix.columns else { return false }
        bias = matrix.filledUp(figures)
        return true
    }

    /// Applies a function to the sums, or says that it cannot.
    mutating func activate(_ kernel: FunctionKernel) -> Bool {
        guard activation == nil else { return false }
        if kernel.function == .rectified {
            activation = .rectified
            return true
        }
        guard Scalar.self == Float.self, let function = kernel.vectorized else { return false }
        activation = .function(function)
        return true
    }

    /// Writes the layer's outputs of some rows.
    ///
    /// - Parameters:
    ///   - left: Rows × inner, row-major.
    ///   - result: Rows × columns, row-major.
    func apply(_ left: UnsafePointer<Scalar>, rows: Int, into result: UnsafeMutablePointer<Scalar>) {
        bias.withUnsafeBufferPointer { bias in
            matrix.multiply(
                left, rows: rows, adding: bias.isEmpty ? nil : bias.baseAddress, rectifying: rectifies, into: result)
        }
        activate(result, count: rows * matrix.columns)
    }

    /// Writes the same of a narrow layer, from and to matrices that may lie column after column.
    func applyInLanes(
        _ left: UnsafePointer<Scalar>, _ leftPlaces: PackedMatrix<Scalar>.Places, rows: Int,
        into result: UnsafeMutablePointer<Scalar>, _ resultPlaces: PackedMatrix<Scalar>.Places
    ) {
        bias.withUnsafeBufferPointer { bias in
            matrix.multiplyInLanes(
                left, leftPlaces, rows: rows, adding: bias.isEmpty ? nil : bias.baseAddress, rectifying: rectifies,
                into: result, resultPlaces)
        }
        activate(result, count: rows * matrix.columns)
    }

    private var rectifies: Bool {
        if case .rectified = activation { true } else { false }
    }

    private func activate(_ result: UnsafeMutablePointer<Scalar>, count: Int) {
        guard case .function(let function) = activation else { return }
        let floats = UnsafeMutableRawPointer(result).assumingMemoryBound(to: Float.self)
        VectorMath.apply(function, to: UnsafeMutableBufferPointer(start: floats, count: count))
    }
}
