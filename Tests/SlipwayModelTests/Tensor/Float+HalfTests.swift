import Testing

@testable import SlipwayModel

struct FloatHalfTests {
    @Test func everyHalfComesBackFromItsFloat() {
        for bits in UInt16.min...UInt16.max {
            let value = Float(halfBits: bits)
            if value.isNaN { #expect(Float(halfBits: value.halfBits).isNaN) } else { #expect(value.halfBits == bits) }
        }
    }

    @Test(arguments: [
        (Float(1), UInt16(0x3C00)), (-2, 0xC000), (65504, 0x7BFF), (65519.99, 0x7BFF), (65520, 0x7C00),
        (.infinity, 0x7C00), (0x1p-24, 0x0001), (0x1p-25, 0x0000), (0x1.8p-25, 0x0001), (-0.0, 0x8000),
        (1 + 0x1p-11, 0x3C00), (1 + 0x3p-11, 0x3C02), (0.1, 0x2E66), (2047.5, 0x6800),
    ])
    func floatsRoundToTheNearestHalfTiesToEven(value: Float, bits: UInt16) {
        #expect(value.halfBits == bits)
    }

    @Test func brainFloatsAreTheUpperHalfOfFloats() {
        #expect(Float(brainBits: 0x3F80) == 1)
        #expect(Float(brainBits: 0xFF80) == -.infinity)
        #expect(Float(brainBits: 0x7FC0).isNaN)
    }
}
