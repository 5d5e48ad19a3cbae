import Testing

@testable import SlipwayHTTP

struct PageTextTests {
    @Test func figuresHaveFourDigitsThatCount() {
        #expect(PageText.figure(0.859437) == "0.8594")
        #expect(PageText.figure(0.00012344) == "0.0001234")
        #expect(PageText.figure(17_350.8) == "17351.0" || PageText.figure(17_350.8) == "17351")
        #expect(PageText.figure(0) == "0.0" || PageText.figure(0) == "0")
    }

    @Test func aSmallShareIsNotNone() {
        #expect(PageText.percent(0.0005) == "under 0.1 %")
        #expect(PageText.percent(0.25).hasPrefix("25"))
    }
}
