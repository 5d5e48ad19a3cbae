extension TreeMasks {
    /// The rows whose masks are computed at a time, in four vectors.
    static var groupRows: Int { 64 }

    /// The leaves that a group of rows reaches in one tree.
    ///
    /// - Parameters:
    ///   - leaves: Room for the numbers of ``groupRows`` leaves.
    ///   - effects: The effects of the tree, see ``unpack(_:to:)``.
    ///   - bytes: The bytes of a block, from the group's first row on.
    ///   - planes: Room for as many bytes as the largest tree has leaves, times eight.
    func find(
        _ leaves: UnsafeMutablePointer<Int32>, tree: Int, effects: UnsafePointer<Effect>, bytes: UnsafePointer<UInt8>,
        planes: UnsafeMutablePointer<SIMD16<UInt8>>
    ) {
        let firstPlane = Int(firstPlanes.start[tree])
        let planeCount = Int(firstPlanes.start[tree &+ 1]) &- firstPlane
        let firstEffect = Int(self.planes.start[firstPlane])
        for plane in 0..<planeCount {
            let range = self.planes.start + (firstPlane &+ plane)
            compute(
                planes + plane &* 4, from: effects + (Int(range[0]) &- firstEffect),
                to: effects + (Int(range[1]) &- firstEffect), bytes: bytes)
        }
        let firstLeaf = firstLeaves.start[tree]
        switch planeCount {
        case 1:
            for part in 0..<4 { Self.pick(leaves + 16 &* part, firstLeaf, Self.words(planes[part])) }
        case 2:
            for part in 0..<4 {
                Self.pick(leaves + 16 &* part, firstLeaf, Self.words(planes[part], planes[4 &+ part]))
            }
        case 3, 4:
            if planeCount == 3 { for part in 0..<4 { planes[12 &+ part] = SIMD16(repeating: 0) } }
            for part in 0..<4 {
                Self.pick(leaves + 16 &* part, firstLeaf, Self.words(planes + part))
            }
        default:
            for plane in planeCount..<8 {
                for part in 0..<4 { planes[plane &* 4 &+ part] = SIMD16(repeating: 0) }
            }
            for part in 0..<4 {
                Self.pick(
                    leaves + 16 &* part, firstLeaf, low: Self.words(planes + part),
                    high: Self.words(planes + (16 &+ part)))
            }
        }
    }

    /// One plane of 64 rows: four vectors of masks.
    @inline(__always)
    private func compute(
        _ plane: UnsafeMutablePointer<SIMD16<UInt8>>, from start: UnsafePointer<Effect>,
        to end: UnsafePointer<Effect>, bytes: UnsafePointer<UInt8>
    ) {
        var taken0 = SIMD16<Int8>(repeating: 0)
        var taken1 = taken0
        var taken2 = taken0
        var taken3 = taken0
        var effect = start
        while effect < end {
            let column = UnsafeRawPointer(bytes + Int(effect.pointee.offset))
            let limit = unsafeBitCast(SIMD4<UInt32>(repeating: effect.pointee.limit), to: SIMD16<Int8>.self)
            let mask = unsafeBitCast(SIMD4<UInt32>(repeating: effect.pointee.mask), to: SIMD16<Int8>.self)
            taken0 |= Self.above(column.loadUnaligned(as: SIMD16<Int8>.self), limit) & mask
            taken1 |= Self.above(column.loadUnaligned(fromByteOffset: 16, as: SIMD16<Int8>.self), limit) & mask
            taken2 |= Self.above(column.loadUnaligned(fromByteOffset: 32, as: SIMD16<Int8>.self), limit) & mask
            taken3 |= Self.above(column.loadUnaligned(fromByteOffset: 48, as: SIMD16<Int8>.self), limit) & mask
            effect += 1
        }
        plane[0] = unsafeBitCast(~taken0, to: SIMD16<UInt8>.self)
        plane[1] = unsafeBitCast(~taken1, to: SIMD16<UInt8>.self)
        plane[2] = unsafeBitCast(~taken2, to: SIMD16<UInt8>.self)
        plane[3] = unsafeBitCast(~taken3, to: SIMD16<UInt8>.self)
    }

    /// All bits of the lanes where a byte is above a limit.
    @inline(__always)
    private static func above(_ bytes: SIMD16<Int8>, _ limit: SIMD16<Int8>) -> SIMD16<Int8> {
        unsafeBitCast(bytes .> limit, to: SIMD16<Int8>.self)
    }

    /// Sixteen words, in the order of rows, that make whole masks of planes.
    private typealias Words = (SIMD4<UInt32>, SIMD4<UInt32>, SIMD4<UInt32>, SIMD4<UInt32>)

    @inline(__always)
    private static func words(_ plane: SIMD16<UInt8>) -> Words {
        let words = unsafeBitCast(plane, to: SIMD4<UInt32>.self)
        let low = SIMD4<UInt32>(repeating: 0xFF)
        return (words & low, (words &>> 16) & low, (words &>> 8) & low, words &>> 24)
    }

    @inline(__always)
    private static func words(_ first: SIMD16<UInt8>, _ second: SIMD16<UInt8>) -> Words {
        let (even, odd) = pairs(first, second)
        let low = SIMD4<UInt32>(repeating: 0xFFFF)
        return (even & low, even &>> 16, odd & low, odd &>> 16)
    }

    /// - Parameter planes: Four planes, each four vectors from the next.
    @inline(__always)
    private static func words(_ planes: UnsafePointer<SIMD16<UInt8>>) -> Words {
        let (even0, odd0) = pairs(planes[0], planes[4])
        let (even1, odd1) = pairs(planes[8], planes[12])
        let low = SIMD4<UInt32>(repeating: 0xFFFF)
        let high = SIMD4<UInt32>(repeating: 0xFFFF_0000)
        return (
            (even0 & low) | (even1 &<< 16), (even0 &>> 16) | (even1 & high), (odd0 & low) | (odd1 &<< 16),
            (odd0 &>> 16) | (odd1 & high)
        )
    }

    /// Two planes joined to masks of 16 bits: those of the even lanes, then those of the odd ones.
    @inline(__always)
    private static func pairs(
        _ first: SIMD16<UInt8>, _ second: SIMD16<UInt8>
    ) -> (SIMD4<UInt32>, SIMD4<UInt32>) {
        let first = unsafeBitCast(first, to: SIMD8<UInt16>.self)
        let second = unsafeBitCast(second, to: SIMD8<UInt16>.self)
        let even = (first & SIMD8(repeating: 0xFF)) | (second &<< 8)
        let odd = (first &>> 8) | (second & SIMD8(repeating: 0xFF00))
        return (unsafeBitCast(even, to: SIMD4<UInt32>.self), unsafeBitCast(odd, to: SIMD4<UInt32>.self))
    }

    /// The first leaf left in each of sixteen masks.
    @inline(__always)
    private static func pick(_ leaves: UnsafeMutablePointer<Int32>, _ firstLeaf: Int32, _ words: Words) {
        pick(leaves, firstLeaf, words.0)
        pick(leaves + 4, firstLeaf, words.1)
        pick(leaves + 8, firstLeaf, words.2)
        pick(leaves + 12, firstLeaf, words.3)
    }

    @inline(__always)
    private static func pick(_ leaves: UnsafeMutablePointer<Int32>, _ firstLeaf: Int32, _ words: SIMD4<UInt32>) {
        write(lowest(words) &+ SIMD4(repeating: firstLeaf), to: leaves)
    }

    @inline(__always)
    private static func write(_ numbers: SIMD4<Int32>, to leaves: UnsafeMutablePointer<Int32>) {
        UnsafeMutableRawPointer(leaves).storeBytes(of: numbers, as: SIMD4<Int32>.self)
    }

    /// The place of the lowest set bit: alone it is a power of two, whose logarithm is the exponent of a float.
    @inline(__always)
    private static func lowest(_ words: SIMD4<UInt32>) -> SIMD4<Int32> {
        let words = unsafeBitCast(words, to: SIMD4<Int32>.self)
        let alone = words & (SIMD4(repeating: 0) &- words)
        let power = SIMD4<Float>(Float(alone[0]), Float(alone[1]), Float(alone[2]), Float(alone[3]))
        // The sign is set for the highest bit, which is a negative number.
        let exponents = (unsafeBitCast(power, to: SIMD4<UInt32>.self) &<< 1) &>> 24
        return unsafeBitCast(exponents, to: SIMD4<Int32>.self) &- SIMD4(repeating: 127)
    }

    /// The first leaf left in each of sixteen masks of 64 bits.
    @inline(__always)
    private static func pick(_ leaves: UnsafeMutablePointer<Int32>, _ firstLeaf: Int32, low: Words, high: Words) {
        pick(leaves, firstLeaf, low.0, high.0)
        pick(leaves + 4, firstLeaf, low.1, high.1)
        pick(leaves + 8, firstLeaf, low.2, high.2)
        pick(leaves + 12, firstLeaf, low.3, high.3)
    }

    @inline(__always)
    private static func pick(
        _ leaves: UnsafeMutablePointer<Int32>, _ firstLeaf: Int32, _ low: SIMD4<UInt32>, _ high: SIMD4<UInt32>
    ) {
        let isAbove = unsafeBitCast(low .== SIMD4(repeating: 0), to: SIMD4<Int32>.self)
        let numbers = (lowest(low) & ~isAbove) | ((lowest(high) &+ SIMD4(repeating: 32)) & isAbove)
        write(numbers &+ SIMD4(repeating: firstLeaf), to: leaves)
    }
}
