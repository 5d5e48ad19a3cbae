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
        let rectifies = if case .rectified = activation { true } else { false }
        bias.withUnsafeBufferPointer { bias in
            matrix.multiply(
                left, rows: rows, adding: bias.isEmpty ? nil : bias.baseAddress, rectifying: rectifies, into: result)
        }
        guard case .function(let function) = activation else { return }
        let floats = UnsafeMutableRawPointer(result).assumingMemoryBound(to: Float.self)
        VectorMath.apply(function, to: UnsafeMutableBufferPointer(start: floats, count: rows * matrix.columns))
    }
}
