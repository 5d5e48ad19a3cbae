extension VectorMath {
    /// The natural logarithm.
    @inline(__always)
    static func logarithm(_ x: Eight) -> Eight {
        // A number too small for a full mantissa is made larger by 2^23 first.
        let isTiny = x .< Eight(repeating: .leastNormalMagnitude)
        let scaled = x.replacing(with: x * 8_388_608, where: isTiny)
        // The exponent is counted from the root of one half, so that what is left lies around 1.
        let rootOfHalf = SIMD8<Int32>(repeating: 0x3F35_04F3)
        let distance = unsafeBitCast(scaled, to: SIMD8<Int32>.self) &- rootOfHalf
        let rounder = Eight(repeating: 12_582_912)
        let power = unsafeBitCast((distance &>> 23) &+ unsafeBitCast(rounder, to: SIMD8<Int32>.self), to: Eight.self)
        let exponent = (power - rounder).replacing(with: power - rounder - 23, where: isTiny)
        let rest = unsafeBitCast((distance & 0x7F_FFFF) &+ rootOfHalf, to: Eight.self) - 1
        let square = rest * rest
        var sum = rest * 7.037_683_629_2e-2 - 1.151_461_031_0e-1
        sum = sum * rest + 1.167_699_874_0e-1
        sum = sum * rest - 1.242_014_084_6e-1
        sum = sum * rest + 1.424_932_278_7e-1
        sum = sum * rest - 1.666_805_766_5e-1
        sum = sum * rest + 2.000_071_476_5e-1
        sum = sum * rest - 2.499_999_399_3e-1
        sum = sum * rest + 3.333_333_117_4e-1
        let tail = sum * rest * square - exponent * 2.121_944_4e-4 - square * 0.5
        let result = rest + tail + exponent * 0.693_359_375
        return result.replacing(with: -Float.infinity, where: x .== Eight())
            .replacing(with: Float.nan, where: x .< Eight())
            // Infinity and NaN stay what they are.
            .replacing(with: x, where: .!(x .<= Eight(repeating: .greatestFiniteMagnitude)))
    }
}
