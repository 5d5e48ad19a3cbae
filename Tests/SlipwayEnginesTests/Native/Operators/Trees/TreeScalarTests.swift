import Testing

@testable import SlipwayEngines

struct TreeScalarTests {
    @Test
    func onlyWhatIsAtMostAThresholdDoesNotExceedIt() {
        #expect([1, 2, -.infinity].map { (value: Float) in value.exceeds(2) } == [0, 0, 0])
        #expect([Float(2).nextUp, .infinity, .nan].map { $0.exceeds(2) } == [1, 1, 1])
        #expect([-0.0, 0, Double.nan].map { $0.exceeds(0) } == [0, 0, 1])
        #expect(Double.infinity.exceeds(.infinity) == 0)
    }

    @Test
    func aDoubleIsNarrowedToTheSideThatIsAskedFor() {
        let numbers = [0, -0.0, 1, -1, 0.1, -0.1, 1e-50, -1e-50, 1e-40, -1e-40, 1e300, -1e300, .infinity, -.infinity]
        for number in numbers {
            let (below, above) = (
                Float(narrowing: number, roundsDown: true), Float(narrowing: number, roundsDown: false)
            )
            #expect(Double(below) <= number && number <= Double(above))
            #expect(Double(below.nextUp) > number || below == .infinity || Double(below) == number)
            #expect(Double(above.nextDown) < number || above == -.infinity || Double(above) == number)
        }
        #expect(Float(narrowing: .nan, roundsDown: true).isNaN && Float(narrowing: .nan, roundsDown: false).isNaN)
        #expect(Double(narrowing: 0.1, roundsDown: true) == 0.1)
        for roundsDown in [false, true] {
            var together = [Float](repeating: 1, count: numbers.count)
            Float.narrow(numbers, roundsDown: roundsDown, into: &together, count: numbers.count)
            let alone = numbers.map { Float(narrowing: $0, roundsDown: roundsDown) }
            #expect(together.map(\.bitPattern) == alone.map(\.bitPattern))
        }
    }

    @Test(arguments: [0, 1, 77, (1 << 22) - 1])
    func aLeafIsReadFromTheNumberThatHoldsIt(_ leaf: Int) {
        #expect(Float(leaf: leaf).isNaN && Float(leaf: leaf).leaf == leaf)
        #expect(Double(leaf: leaf).isNaN && Double(leaf: leaf).leaf == leaf)
    }
}
