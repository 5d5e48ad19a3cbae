import SlipwayData
import Testing

struct CountTextTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (7_043, "7,043"), (-1_234_567, "-1,234,567"),
        (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func thousandsStandApart(count: Int, text: String) {
        #expect(CountText.text(count) == text)
    }

    @Test func aNounFollowsItsCount() {
        #expect(CountText.text(1, "row") == "1 row")
        #expect(CountText.text(12_000, "row") == "12,000 rows")
        #expect(CountText.text(1_234_567, "row") == "1,234,567 rows")
        #expect(CountText.text(0, "row") == "0 rows")
    }
}
