import Foundation
import SlipwayData
import SlipwayTesting
import Testing

struct QuantileSketchTests {
    private func sketch(_ numbers: some Sequence<Double>, capacity: Int = 1_024) -> QuantileSketch {
        var sketch = QuantileSketch(capacity: capacity)
        for number in numbers { sketch.add(number) }
        return sketch
    }

    /// The largest difference between the sketch's rank and the true one, as a share of the count.
    private func rankError(_ sketch: QuantileSketch, _ numbers: [Double]) -> Double {
        let sorted = numbers.sorted()
        let differences = stride(from: 0, to: sorted.count, by: 499).map { index in
            let value = sorted[index]
            let trueRank = sorted[index...].firstIndex { $0 > value } ?? sorted.count
            return abs(sketch.rank(of: value) - trueRank)
        }
        return Double(differences.max() ?? 0) / Double(sorted.count)
    }

    private static func numbers(_ order: String, count: Int, seed: UInt64 = 4) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        switch order {
        case "ascending": return (0..<count).map(Double.init)
        case "descending": return (0..<count).map { Double(count - $0) }
        case "alternating": return (0..<count).map { Double($0.isMultiple(of: 2) ? $0 : -$0) }
        case "few values": return (0..<count).map { _ in Double(Int.random(in: 0..<5, using: &generator)) }
        default: return (0..<count).map { _ in exp(Double.random(in: -5...5, using: &generator)) }
        }
    }

    @Test func anEmptySketchHasNoQuantiles() {
        let sketch = QuantileSketch()
        #expect(sketch.quantile(0.5) == nil)
        #expect(sketch.cumulativeShare(at: 0) == nil)
        #expect(sketch.weightedValues.isEmpty)
    }

    @Test func allNumbersAreKeptUpToTheCapacity() {
        let numbers = Self.numbers("random", count: 1_024)
        let sketch = sketch(numbers)
        #expect(sketch.isExact)
        #expect(sketch.rankErrorBound == 0)
        #expect(sketch.weightedValues.map(\.value) == numbers.sorted())
    }

    @Test func equalValuesAreJoined() {
        let expected = [(1.0, 1), (2.0, 2)].map { QuantileSketch.WeightedValue(value: $0.0, weight: $0.1) }
        #expect(sketch([2, 1, 2]).weightedValues == expected)
    }

    @Test(arguments: ["ascending", "descending", "alternating", "few values", "random"])
    func ranksStayWithinTheBoundWhateverTheOrder(_ order: String) {
        let numbers = Self.numbers(order, count: 50_000)
        let sketch = sketch(numbers)
        #expect(sketch.count == 50_000)
        #expect(sketch.weightedValues.reduce(0) { $0 + $1.weight } == 50_000)
        #expect(sketch.weightedValues.count <= 3 * 1_024 + 100)
        #expect(sketch.rankErrorBound < 0.0045)
        #expect(rankError(sketch, numbers) <= sketch.rankErrorBound)
    }

    @Test func manyMergedSketchesStayWithinTheBound() {
        let parts = (0..<50).map { Self.numbers("random", count: 3_000, seed: $0 + 100) }
        var merged = QuantileSketch()
        for part in parts { merged.merge(sketch(part)) }
        #expect(merged.count == 150_000)
        #expect(rankError(merged, parts.flatMap(\.self)) <= merged.rankErrorBound)
    }

    @Test func smallSketchesMergeWithoutLoss() {
        var merged = sketch([3, 1])
        merged.merge(sketch([2, 4]))
        #expect(merged.isExact)
        #expect(merged.weightedValues.map(\.value) == [1, 2, 3, 4])
    }

    @Test func theSmallerCapacityDecides() {
        var merged = sketch(Self.numbers("random", count: 500))
        merged.merge(sketch(Self.numbers("ascending", count: 500), capacity: 64))
        #expect(merged.capacity == 64)
        #expect(merged.count == 1_000)
    }

    @Test func theSameNumbersGiveTheSameSketch() {
        let numbers = Self.numbers("random", count: 20_000)
        #expect(sketch(numbers) == sketch(numbers))
    }

    @Test func numbersThatAreNotFiniteArePassedOver() {
        #expect(sketch([.nan, .infinity, 1]).count == 1)
    }

    @Test(arguments: [0, 3, 1_024, 30_000])
    func aSketchSurvivesJSON(count: Int) throws {
        let sketch = sketch(Self.numbers("few values", count: count))
        let data = try JSONEncoder().encode(sketch)
        #expect(data.count < 2_000)
        #expect(try JSONDecoder().decode(QuantileSketch.self, from: data) == sketch)
    }

    @Test(arguments: [
        #"{"capacity":4,"compactions":0,"levels":[]}"#,
        #"{"capacity":8,"compactions":0,"levels":[{"values":[1],"counts":[-1]}]}"#,
        #"{"capacity":8,"compactions":0,"levels":[{"values":[1],"counts":[9223372036854775807]}]}"#,
        #"{"capacity":8,"compactions":0,"levels":[{"values":[1],"counts":[1,2]}]}"#,
        #"{"capacity":8,"compactions":-1,"levels":[]}"#,
    ])
    func aSketchThatCannotBeIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(QuantileSketch.self, from: Data(text.utf8))
        }
    }
}
