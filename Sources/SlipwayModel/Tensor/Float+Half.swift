extension Float {
    /// The value of an IEEE 754 binary16 bit pattern; exact.
    package init(halfBits bits: UInt16) {
        let sign = UInt32(bits >> 15) << 31
        let exponent = UInt32(bits >> 10) & 0x1F
        let fraction = UInt32(bits) & 0x3FF
        switch exponent {
        case 0:
            // Zero and subnormals are whole multiples of 2^-24.
            let magnitude = Float(fraction) * 0x1p-24
            self = sign == 0 ? magnitude : -magnitude
        case 31:
            self = Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default:
            self = Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }

    /// The value of a bfloat16 bit pattern, which is the upper half of a binary32 one; exact.
    package init(brainBits bits: UInt16) {
        self = Float(bitPattern: UInt32(bits) << 16)
    }

    /// The nearest IEEE 754 binary16 bit pattern, ties to even; too large a magnitude becomes infinity.
    package var halfBits: UInt16 {
        let sign = UInt16(bitPattern >> 31) << 15
        if isNaN { return sign | 0x7E00 }
        let magnitude = self.magnitude
        // 65520 lies half way between the largest finite half and the next power of two.
        if magnitude >= 65520 { return sign | 0x7C00 }
        if magnitude < 0x1p-14 {
            return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
        }
        let bits = magnitude.bitPattern
        let rounded = bits + 0xFFF + (bits >> 13 & 1)
        return sign | UInt16(truncatingIfNeeded: (rounded >> 13) - (112 << 10))
    }
}
