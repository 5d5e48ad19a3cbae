/// Comparisons whose time says nothing about what is compared.
enum ConstantTime {
    /// Whether two texts are equal; only their lengths, which are no secret, show in the time.
    @inline(never)
    static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
