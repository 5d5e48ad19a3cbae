extension VectorMath {
    /// The error function.
    @inline(__always)
    static func errorFunction(_ x: Eight) -> Eight {
        let square = x * x
        var near = square * 7.853_861_353_153_693e-5 - 8.010_193_625_184_903e-4
        near = near * square + 5.188_327_685_732_524e-3
        near = near * square - 2.685_381_193_529_856e-2
        near = near * square + 1.128_358_514_861_418e-1
        near = near * square - 3.761_262_582_423_3e-1
        near = near * square + 1.128_379_165_726_71
        let isNegative = x .< Eight()
        let magnitude = x.replacing(with: -x, where: isNegative)
        let inverse = 1 / magnitude
        let share = exponential(-square) * inverse * complement(inverse * inverse, isMiddle: magnitude .< 2)
        let far = (1 - share).replacing(with: share - 1, where: isNegative)
        return far.replacing(with: near * x, where: magnitude .< 1)
    }

    /// What is left of the complement of the error function when its exponential and the inverse are taken out.
    @inline(__always)
    private static func complement(_ x: Eight, isMiddle: SIMDMask<SIMD8<Int32>>) -> Eight {
        var middle = x * 2.326_819_970_068_386e-2 - 1.387_039_388_740_657e-1
        middle = middle * x + 3.687_424_674_597_105e-1
        middle = middle * x - 5.824_733_027_278_666e-1
        middle = middle * x + 6.210_004_621_745_983e-1
        middle = middle * x - 4.944_515_323_274_145e-1
        middle = middle * x + 3.404_879_937_665_872e-1
        middle = middle * x - 2.741_127_028_184_656e-1
        middle = middle * x + 5.638_259_427_386_472e-1
        var outer = x * -10.477_663_999_362_49 + 12.977_199_553_725_16
        outer = outer * x - 7.495_518_717_768_503
        outer = outer * x + 2.921_019_019_210_786
        outer = outer * x - 1.015_265_279_202_7
        outer = outer * x + 4.218_463_358_204_948e-1
        outer = outer * x - 2.820_767_439_740_514e-1
        outer = outer * x + 5.641_895_067_754_075e-1
        return outer.replacing(with: middle, where: isMiddle)
    }
}
