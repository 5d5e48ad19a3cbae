import Testing

@testable import SlipwayData

struct ArrayEvenlyTests {
    @Test
    func whatIsWithinTheLimitStaysWhole() {
        #expect([3, 1, 2].evenly(3) == [3, 1, 2])
        #expect([Int]().evenly(0) == [])
    }

    @Test
    func theRestIsSpreadOverTheWholeArrayInItsOrder() {
        #expect(Array(0..<10).evenly(3) == [0, 3, 6])
        #expect(Array(0..<100).evenly(4) == [0, 25, 50, 75])
    }

    @Test
    func aLimitOfNothingLeavesNothing() {
        #expect([1, 2].evenly(0) == [])
        #expect([1, 2].evenly(-1) == [])
    }
}
