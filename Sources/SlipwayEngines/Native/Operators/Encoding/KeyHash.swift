/// The multiplication that spreads keys over a table.
///
/// Tables are searched by open addressing from a seed that nobody knows beforehand, so that no model can be made to
/// search long.
enum KeyHash {
    /// 2^64 divided by the golden ratio, made odd.
    static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Both halves of the product with the multiplier, put together.
    @inline(__always)
    static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    /// The size of a table that is at most half full, a power of two.
    static func capacity(for count: Int) -> Int {
        var capacity = 4
        while capacity < 2 * count { capacity *= 2 }
        return capacity
    }
}
