import CSlipwayKernels

/// Functions of whole arrays of numbers, in the widest vectors that the processor has.
///
/// Errors are about one unit in the last place. A number gets the same bits wherever it stands in an array.
enum VectorMath {
    /// A function of one number, with its constants.
    struct Function: Sendable {
        fileprivate let code: slipway_function
        fileprivate var curve = slipway_curve(alpha: 1, divisor: 1, scale: 1)

        static let exponential = Function(code: slipway_exponential)
        static let logarithm = Function(code: slipway_logarithm)
        /// `1 / (1 + e^-x)`.
        static let sigmoid = Function(code: slipway_sigmoid)
        /// The same as ``PostTransform/logistic(_:)`` has it: of a negative number what is left of its mirror image.
        static let logistic = Function(code: slipway_logistic)
        static let hyperbolicTangent = Function(code: slipway_hyperbolic_tangent)
        static let errorFunction = Function(code: slipway_error_function)
        static let softplus = Function(code: slipway_softplus)
        static let gelu = Function(code: slipway_gelu)
        /// The same with a hyperbolic tangent in place of the error function.
        static let approximateGelu = Function(code: slipway_approximate_gelu)
        static let mish = Function(code: slipway_mish)
        static let floor = Function(code: slipway_floor)
        static let ceiling = Function(code: slipway_ceiling)
        /// To the nearest whole number, of two equally near ones to the even one.
        static let round = Function(code: slipway_round)

        /// Whether the function is there in double precision as well.
        fileprivate var isDouble: Bool {
            switch code {
            case slipway_exponential, slipway_logarithm, slipway_sigmoid, slipway_hyperbolic_tangent, slipway_floor,
                slipway_ceiling, slipway_round:
                true
            default: false
            }
        }

        /// `scale · x`, or where x is negative `scale · alpha · (e^(x / divisor) - 1)`.
        static func exponentialLinear(alpha: Float, divisor: Float = 1, scale: Float = 1) -> Function {
            Function(
                code: slipway_exponential_linear, curve: slipway_curve(alpha: alpha, divisor: divisor, scale: scale))
        }

        /// A number times the sigmoid of so many times itself.
        static func swish(alpha: Float) -> Function {
            Function(code: slipway_swish, curve: slipway_curve(alpha: alpha, divisor: 1, scale: 1))
        }
    }

    /// Applies a function to every element in place.
    static func apply(_ function: Function, to values: UnsafeMutableBufferPointer<Float>) {
        guard let start = values.baseAddress else { return }
        slipway_apply(function.code, function.curve, start, start, values.count)
    }

    /// A function of every element of an array.
    static func applied(_ function: Function, to array: [Float]) -> [Float] {
        [Float](unwritten: array.count) { result, written in
            array.withUnsafeBufferPointer { array in
                if let source = array.baseAddress, let target = result.baseAddress {
                    slipway_apply(function.code, function.curve, source, target, array.count)
                }
            }
            written = array.count
        }
    }

    /// A function of every element of an array in double precision, or `nil` for one that is there in single precision only.
    static func applied(_ function: Function, to array: [Double]) -> [Double]? {
        guard function.isDouble else { return nil }
        return [Double](unwritten: array.count) { result, written in
            array.withUnsafeBufferPointer { array in
                if let source = array.baseAddress, let target = result.baseAddress {
                    slipway_apply_f64(function.code, source, target, array.count)
                }
            }
            written = array.count
        }
    }
}
