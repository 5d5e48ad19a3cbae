/// Functions of eight single-precision numbers at once, for the arrays that networks and classifiers apply them to.
///
/// The polynomials are those of the Cephes library (Moshier 1992), with errors of about one unit in the last place. A
/// number gets the same bits wherever it stands among the eight.
enum VectorMath {
    typealias Eight = SIMD8<Float>

    /// `e^x`.
    @inline(__always)
    static func exponential(_ x: Eight) -> Eight {
        // Beyond these bounds the result is zero or infinite; NaN is beyond none and stays what it is.
        let raised = x.replacing(with: -104, where: x .< Eight(repeating: -104))
        let bounded = raised.replacing(with: 89, where: raised .> Eight(repeating: 89))
        // Added to a number of this size, another one is rounded to a whole one, which its last bits then hold.
        let rounder = Eight(repeating: 12_582_912)
        let shifted = bounded * 1.442_695_04 + rounder
        let whole = shifted - rounder
        let power = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- unsafeBitCast(rounder, to: SIMD8<Int32>.self)
        let rest = bounded - whole * 0.693_359_375 + whole * 2.121_944_4e-4
        var sum = rest * 1.987_569_15e-4 + 1.398_199_950_7e-3
        sum = sum * rest + 8.333_451_907_3e-3
        sum = sum * rest + 4.166_579_589_4e-2
        sum = sum * rest + 1.666_666_545_9e-1
        sum = sum * rest + 5.000_000_120_1e-1
        sum = sum * (rest * rest) + rest + 1
        // Two steps, since the whole power of two may be beyond what the exponent of one number holds.
        let half = power &>> 1
        return sum * powerOfTwo(half) * powerOfTwo(power &- half)
    }

    /// `1 / (1 + e^-x)`.
    @inline(__always)
    static func sigmoid(_ x: Eight) -> Eight { 1 / (1 + exponential(-x)) }

    /// The hyperbolic tangent.
    @inline(__always)
    static func hyperbolicTangent(_ x: Eight) -> Eight {
        let square = x * x
        var sum = square * -5.704_988_727_45e-3 + 2.063_908_879_54e-2
        sum = sum * square - 5.373_971_555_31e-2
        sum = sum * square + 1.333_144_220_36e-1
        sum = sum * square - 3.333_328_194_22e-1
        let near = sum * square * x + x
        let far = 1 - 2 / (exponential(x + x) + 1)
        let isNear = (x .< Eight(repeating: 0.625)) .& (x .> Eight(repeating: -0.625))
        // The sum above would lose the sign of -0.
        return far.replacing(with: near, where: isNear).replacing(with: x, where: x .== Eight())
    }

    /// Applies a function to every element in place.
    @inline(__always)
    static func apply(_ function: (Eight) -> Eight, to values: UnsafeMutableBufferPointer<Float>) {
        guard let start = values.baseAddress else { return }
        var index = 0
        while index + Eight.scalarCount <= values.count {
            let place = UnsafeMutableRawPointer(start + index)
            place.storeBytes(of: function(place.loadUnaligned(as: Eight.self)), as: Eight.self)
            index += Eight.scalarCount
        }
        guard index < values.count else { return }
        let bytes = (values.count - index) * MemoryLayout<Float>.stride
        var rest = Eight.zero
        withUnsafeMutableBytes(of: &rest) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: start + index, count: bytes))
        }
        rest = function(rest)
        withUnsafeBytes(of: &rest) { rest in
            guard let source = rest.baseAddress else { return }
            UnsafeMutableRawPointer(start + index).copyMemory(from: source, byteCount: bytes)
        }
    }

    /// A function of every element of an array.
    @inline(__always)
    static func applied(to array: [Float], _ function: (Eight) -> Eight) -> [Float] {
        var result = array
        result.withUnsafeMutableBufferPointer { apply(function, to: $0) }
        return result
    }

    @inline(__always)
    private static func powerOfTwo(_ power: SIMD8<Int32>) -> Eight {
        unsafeBitCast((power &+ 127) &<< 23, to: Eight.self)
    }
}
