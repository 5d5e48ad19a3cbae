import Testing

@testable import SlipwayDuckDB

struct DecimalNumberTests {
    private static let cases: [(mantissa: Int128, scale: Int, number: Double)] = [
        (1, 1, 0.1), (-9_999, 1, -999.9), (123_456_789_012_345_678, 3, 123_456_789_012_345.678),
        (-12_345_678_901_234_567_890_123_456_780_123_456_789, 10, -1_234_567_890_123_456_789_012_345_678.0123456789),
        (0, 38, 0), (1, 38, 1e-38),
    ]

    @Test(arguments: cases)
    func aDecimalIsTheNearestNumber(mantissa: Int128, scale: Int, number: Double) {
        #expect(DecimalNumber.value(mantissa, scale: scale) == number)
    }
}
