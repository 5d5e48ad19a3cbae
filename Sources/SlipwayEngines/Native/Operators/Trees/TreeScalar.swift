import CSlipwayKernels

/// A floating-point type in which trees are compiled.
///
/// Nodes to walk hold the number of a leaf where branches hold their threshold: inside a NaN, with which every
/// comparison is false.
protocol TreeScalar: FloatScalar, BitwiseCopyable {
    /// The leaves that one forest may have.
    static var leafLimit: Int { get }
    /// A NaN that holds the number of a leaf below the limit.
    init(leaf: Int)
    /// The number that a NaN holds.
    var leaf: Int { get }
    /// The next number at or above a double, or at or below it.
    init(narrowing value: Double, roundsDown: Bool)
    /// Writes the next number at or above each of some doubles, or at or below it.
    static func narrow(
        _ values: UnsafePointer<Double>, roundsDown: Bool, into result: UnsafeMutablePointer<Self>, count: Int)
}

extension TreeScalar {
    /// 1 if the value is above a threshold or NaN, else 0: told without a branch, which no processor could foresee.
    @inline(__always)
    func exceeds(_ threshold: Self) -> Int {
        Int(truncatingIfNeeded: unsafeBitCast(self <= threshold, to: UInt8.self) ^ 1)
    }
}

extension Float: TreeScalar {
    static var leafLimit: Int { 1 << 22 }
    init(leaf: Int) { self.init(bitPattern: 0x7FC0_0000 | UInt32(truncatingIfNeeded: leaf)) }
    var leaf: Int { Int(bitPattern & 0x003F_FFFF) }

    @inline(__always)
    init(narrowing value: Double, roundsDown: Bool) {
        let nearest = Float(value)
        let bits = Int32(bitPattern: nearest.bitPattern)
        // Numbers in the order of their bits go away from zero; told without branches, which no processor could foresee.
        let outwards = (bits &>> 31) | 1
        let isBeyond = roundsDown ? Double(nearest) > value : Double(nearest) < value
        let step = isBeyond ? (roundsDown ? 0 &- outwards : outwards) : 0
        self.init(bitPattern: UInt32(bitPattern: bits &+ step))
    }

    static func narrow(
        _ values: UnsafePointer<Double>, roundsDown: Bool, into result: UnsafeMutablePointer<Float>, count: Int
    ) { slipway_narrow(roundsDown, values, result, count) }
}

extension Double: TreeScalar {
    static var leafLimit: Int { 1 << 31 }
    init(leaf: Int) { self.init(bitPattern: 0x7FF8_0000_0000_0000 | UInt64(truncatingIfNeeded: leaf)) }
    var leaf: Int { Int(bitPattern & 0x0000_FFFF_FFFF_FFFF) }

    init(narrowing value: Double, roundsDown: Bool) { self = value }

    static func narrow(
        _ values: UnsafePointer<Double>, roundsDown: Bool, into result: UnsafeMutablePointer<Double>, count: Int
    ) { result.update(from: values, count: count) }
}
