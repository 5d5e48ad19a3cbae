import SlipwayTesting
import Testing

@testable import SlipwayEngines

struct OdometerTests {
    @Test func elementsAreThoseAtTheOffsets() {
        var random = SeededGenerator(seed: 5)
        let array = (0..<400).map { $0 }
        for _ in 0..<300 {
            let shape = (0..<Int.random(in: 0...4, using: &random)).map { _ in Int.random(in: 0...4, using: &random) }
            let strides = shape.map { _ in Int.random(in: -8...20, using: &random) }
            // From here the way leads neither before the array nor beyond it.
            let way = Odometer(shape: shape, strides: strides, start: 100)
            let count = shape.reduce(1, *)
            #expect(way.elements(of: array, count: count) == way.offsets(count: count).map { array[$0] })
        }
    }

    @Test func dimensionsThatGoOnEvenlyAreOne() {
        let way = Odometer(shape: [2, 1, 3, 4], strides: [12, 99, 4, 1])
        #expect(way.elements(of: Array(0..<24), count: 24) == Array(0..<24))
    }
}
