import CSlipwayKernels

extension VectorMath {
    /// What is computed of whole arrays, in the widest vectors that the processor has.
    enum Function: Sendable {
        case exponential
        /// `1 / (1 + e^-x)`.
        case sigmoid
        case hyperbolicTangent

        fileprivate var code: slipway_function {
            switch self {
            case .exponential: slipway_exponential
            case .sigmoid: slipway_sigmoid
            case .hyperbolicTangent: slipway_hyperbolic_tangent
            }
        }
    }

    /// Applies a function to every element in place, with the bits of the function of eight numbers.
    static func apply(_ function: Function, to values: UnsafeMutableBufferPointer<Float>) {
        guard let start = values.baseAddress else { return }
        slipway_apply(function.code, start, values.count)
    }

    /// The doubles that ``applyExactly(_:ofMultiples:_:into:count:)`` computes together.
    static let laneCount = 8

    /// Writes a function of `factor · x`, computed in double precision and rounded once.
    ///
    /// Both arrays must reach to the next multiple of ``laneCount`` elements.
    static func applyExactly(
        _ function: Function, ofMultiples factor: Double, _ values: UnsafePointer<Double>,
        into result: UnsafeMutablePointer<Float>, count: Int
    ) {
        slipway_apply_exactly(function.code, factor, values, result, count)
    }
}

extension FunctionKernel.Function {
    /// The function where whole arrays of floats are computed.
    var vectorized: VectorMath.Function? {
        switch self {
        case .exponential: .exponential
        case .sigmoid: .sigmoid
        case .hyperbolicTangent: .hyperbolicTangent
        default: nil
        }
    }
}
