import Foundation

/// A number type of tensors, with arithmetic that never traps.
///
/// Whole numbers wrap around as they do in the reference implementation.
protocol NumericScalar: TensorScalar, Comparable {
    /// Whether division by zero has no value.
    static var isWhole: Bool { get }
    /// The smallest and the largest finite value.
    static var finiteRange: ClosedRange<Self> { get }
    /// The nearest value to a double; out of range and NaN give the smallest whole number, as x86 converts.
    init(rounding value: Double)
    /// The value as a double.
    var asDouble: Double { get }
    /// Whether the value is not a number.
    var isUndefined: Bool { get }

    static func sum(_ left: Self, _ right: Self) -> Self
    static func difference(_ left: Self, _ right: Self) -> Self
    static func product(_ left: Self, _ right: Self) -> Self
    /// The quotient, cut towards zero for whole numbers, whose divisor must not be zero.
    static func quotient(_ left: Self, _ right: Self) -> Self
    /// The remainder with the sign of the dividend.
    static func remainder(_ left: Self, _ right: Self) -> Self
    static func power(_ base: Self, _ exponent: Double) -> Self
}

/// A floating-point type of tensors, with the functions that its own precision has.
protocol FloatScalar: NumericScalar, BinaryFloatingPoint, SIMDScalar, Codable {
    static func exponential(_ value: Self) -> Self
    static func logarithm(_ value: Self) -> Self
    static func hyperbolicTangent(_ value: Self) -> Self
    static func errorFunction(_ value: Self) -> Self
}

extension FloatScalar {
    static var isWhole: Bool { false }
    static var finiteRange: ClosedRange<Self> { -greatestFiniteMagnitude...greatestFiniteMagnitude }
    init(rounding value: Double) { self.init(value) }
    var asDouble: Double { Double(self) }
    var isUndefined: Bool { isNaN }

    static func sum(_ left: Self, _ right: Self) -> Self { left + right }
    static func difference(_ left: Self, _ right: Self) -> Self { left - right }
    static func product(_ left: Self, _ right: Self) -> Self { left * right }
    static func quotient(_ left: Self, _ right: Self) -> Self { left / right }
    static func remainder(_ left: Self, _ right: Self) -> Self { left.truncatingRemainder(dividingBy: right) }
}

extension Float: FloatScalar {
    static func power(_ base: Float, _ exponent: Double) -> Float { Foundation.pow(base, Float(exponent)) }
    static func exponential(_ value: Float) -> Float { Foundation.exp(value) }
    static func logarithm(_ value: Float) -> Float { Foundation.log(value) }
    static func hyperbolicTangent(_ value: Float) -> Float { Foundation.tanh(value) }
    static func errorFunction(_ value: Float) -> Float { Foundation.erf(value) }
}

extension Double: FloatScalar {
    static func power(_ base: Double, _ exponent: Double) -> Double { Foundation.pow(base, exponent) }
    static func exponential(_ value: Double) -> Double { Foundation.exp(value) }
    static func logarithm(_ value: Double) -> Double { Foundation.log(value) }
    static func hyperbolicTangent(_ value: Double) -> Double { Foundation.tanh(value) }
    static func errorFunction(_ value: Double) -> Double { Foundation.erf(value) }
}

/// A whole-number type of tensors.
protocol WholeScalar: NumericScalar, FixedWidthInteger, SignedInteger {}

extension WholeScalar {
    static var isWhole: Bool { true }
    static var finiteRange: ClosedRange<Self> { .min ... .max }

    init(rounding value: Double) {
        // The conversion below cuts towards zero, and traps out of range.
        guard value > Self.min.asDouble - 1, value < -Self.min.asDouble, value > -0x1p63 else {
            self = .min
            return
        }
        self = Self(truncatingIfNeeded: Int64(value))
    }

    var asDouble: Double { Double(self) }
    var isUndefined: Bool { false }

    static func sum(_ left: Self, _ right: Self) -> Self { left &+ right }
    static func difference(_ left: Self, _ right: Self) -> Self { left &- right }
    static func product(_ left: Self, _ right: Self) -> Self { left &* right }
    static func quotient(_ left: Self, _ right: Self) -> Self { left.dividedReportingOverflow(by: right).partialValue }
    static func remainder(_ left: Self, _ right: Self) -> Self {
        right == 0 ? 0 : left.remainderReportingOverflow(dividingBy: right).partialValue
    }
    static func power(_ base: Self, _ exponent: Double) -> Self {
        Self(rounding: Foundation.pow(base.asDouble, exponent))
    }
}

extension Int32: WholeScalar {}
extension Int64: WholeScalar {}
