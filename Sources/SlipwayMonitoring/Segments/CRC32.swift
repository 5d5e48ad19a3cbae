/// The checksum of IEEE 802.3 (reflected polynomial 0xEDB88320), the one that gzip and zlib use.
package enum CRC32 {
    private static let polynomial: UInt32 = 0xEDB8_8320
    /// The bytes that one step takes.
    private static let sliceByteCount = 8

    /// Eight tables of 256: table `k` moves a byte over `k` further bytes of zeros.
    ///
    /// Source: Kounavis and Berry 2008, "slicing by eight".
    private static let tables: [UInt32] = {
        var tables = (0..<256).map { byte in
            (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ polynomial : rest >> 1 }
        }
        for index in 256..<256 * sliceByteCount {
            let before = tables[index - 256]
            tables.append(before >> 8 ^ tables[Int(before & 0xFF)])
        }
        return tables
    }()

    /// The checksum of bytes.
    ///
    /// - Complexity: O(n).
    package static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        tables.withUnsafeBufferPointer { tables in
            var rest = ~UInt32(0)
            var position = 0
            while bytes.count &- position >= sliceByteCount {
                let low = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)) ^ rest
                let high = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position &+ 4, as: UInt32.self))
                rest =
                    tables[Int(7 << 8 | low & 0xFF)] ^ tables[Int(6 << 8 | low >> 8 & 0xFF)]
                    ^ tables[Int(5 << 8 | low >> 16 & 0xFF)] ^ tables[Int(4 << 8 | low >> 24)]
                rest ^=
                    tables[Int(3 << 8 | high & 0xFF)] ^ tables[Int(2 << 8 | high >> 8 & 0xFF)]
                    ^ tables[Int(1 << 8 | high >> 16 & 0xFF)] ^ tables[Int(high >> 24)]
                position &+= sliceByteCount
            }
            while position < bytes.count {
                rest = rest >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: rest) ^ bytes[position])]
                position &+= 1
            }
            return ~rest
        }
    }

    /// The checksum of bytes.
    package static func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { checksum($0) } }
}
