import CSlipwayKernels

/// Functions of many single-precision numbers, for the arrays that networks and classifiers apply them to.
///
/// The error is about one unit in the last place. A number gets the same bits wherever it stands, on every processor.
enum VectorMath {
    /// What can be computed for many numbers at once.
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

    /// Applies a function to every element in place.
    static func apply(_ function: Function, to values: UnsafeMutableBufferPointer<Float>) {
        guard let start = values.baseAddress else { return }
        slipway_apply(function.code, start, values.count)
    }

    /// Writes a function of `factor · x`, computed in double precision and rounded once.
    ///
    /// Both arrays must reach to the next multiple of ``laneCount`` elements.
    static func applyExactly(
        _ function: Function, ofMultiples factor: Double, _ values: UnsafePointer<Double>,
        into result: UnsafeMutablePointer<Float>, count: Int
    ) {
        slipway_apply_exactly(function.code, factor, values, result, count)
    }

    /// The doubles that are computed together.
    static let laneCount = 8
}
