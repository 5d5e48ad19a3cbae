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
}

extension Double: TreeScalar {
    static var leafLimit: Int { 1 << 31 }
    init(leaf: Int) { self.init(bitPattern: 0x7FF8_0000_0000_0000 | UInt64(truncatingIfNeeded: leaf)) }
    var leaf: Int { Int(bitPattern & 0x0000_FFFF_FFFF_FFFF) }
}
