import Testing

@testable import SlipwayMonitoring

struct FigureTextTests {
    @Test(
        arguments: [
            (0, "0"), (100, "100"), (29, "29"), (29.04, "29"), (29.45, "29.4"), (1394.25, "1394"), (0.2134, "0.213"),
            (1, "1"), (0.5, "0.5"), (-3.25, "-3.25"), (0.00012, "0.00012"), (1e20, "1e+20"),
        ] as [(Double, String)])
    func numbersAreShort(_ number: Double, _ text: String) {
        #expect(FigureText.number(number) == text)
    }

    @Test func figuresToCompareHaveEqualDecimals() {
        #expect(FigureText.fixed(0.2) == "0.200")
        #expect(FigureText.fixed(12.34567) == "12.346")
    }

    @Test func sharesAndPValuesNeverRoundToNothing() {
        #expect(FigureText.percent(0) == "0.0%")
        #expect(FigureText.percent(0.0001) == "<0.1%")
        #expect(FigureText.percent(1) == "100.0%")
        #expect(FigureText.pValue(1e-9) == "<0.001")
        #expect(FigureText.pValue(0.0344) == "0.034")
    }

    @Test func durationsTakeTheUnitThatFits() {
        #expect(FigureText.duration(microseconds: 840) == "840 us")
        #expect(FigureText.duration(microseconds: 1_250) == "1.25 ms")
        #expect(FigureText.duration(microseconds: 2_100_000) == "2.1 s")
    }
}
