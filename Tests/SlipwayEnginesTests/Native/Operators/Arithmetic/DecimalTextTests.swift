import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct DecimalTextTests {
    @Test
    func theTextIsThatOfTheCLibrary() {
        var random = SeededGenerator(seed: 7)
        var numbers: [Double] = [
            0, -0.0, 1, -1, 0.1, 0.5, 123_456_785, 99_999_999.5, 9_999_999.95, 1e-5, 1.5e-4, 1e7, 1e8, 1e21, 1e22,
            .greatestFiniteMagnitude, 12_345_678.5, 0.000_123_456_785,
        ]
        for _ in 0..<20_000 {
            let magnitude = Double.random(in: -16...23, using: &random)
            numbers.append(Double(Float(Double.random(in: -9...9, using: &random) * pow(10, magnitude))))
            numbers.append(Double.random(in: -9...9, using: &random) * pow(10, magnitude))
        }
        for number in numbers { #expect(DecimalText.eightDigits(of: number) == String(format: "%.8g", number)) }
    }

    @Test
    func aPlainTextStandsForTheNumberThatTheCLibraryReads() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<20_000 {
            let number =
                Double.random(in: -9...9, using: &random) * pow(10, Double.random(in: -25...25, using: &random))
            for format in ["%.8g", "%.15g", "%.17g", "%.3f", "%.2E", "%.0f"] {
                let text = String(format: format, number)
                guard let found = DecimalText.number(text) else { continue }
                #expect(found.bitPattern == strtod(text, nil).bitPattern, "\(text)")
            }
        }
        #expect(["-12.5", "0", "3e-7", "1E+2"].map { DecimalText.number($0) } == [-12.5, 0, 3e-7, 100])
        #expect(DecimalText.number("-0")?.sign == .minus)
    }

    @Test(arguments: [
        "", "-", "+1", " 1", "1 ", "1.", ".5", "1e", "1e+", "0x10", "nan", "inf", "1e100", "1_0", "1.5.5", "٣",
    ])
    func otherTextsAreLeftToTheLibrary(_ text: String) {
        #expect(DecimalText.number(text) == nil)
    }
}
