import SlipwayData
import Synchronization
import Testing

@testable import SlipwayMonitoring

struct PredictionIDGeneratorTests {
    @Test func idsRiseWithinAMillisecondAndBeyondItsCounter() {
        let generator = PredictionIDGenerator(
            clock: { SampleRecords.start }, random: { [UInt64](repeating: 0x7FF, count: $0) })
        let ids = (0..<10_000).map { _ in generator.next() }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
        #expect(ids.first?.time == SampleRecords.start)
    }

    @Test func aClockThatStepsBackDoesNotRepeatIDs() {
        let draws = Draws()
        let generator = PredictionIDGenerator(
            clock: { SampleRecords.start.adding(milliseconds: draws.next() % 2 == 0 ? 50 : 0) },
            random: { [UInt64](repeating: 0, count: $0) })
        let ids = (0..<100).map { _ in generator.next() }
        #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func textSortsLikeIDs() {
        let generator = PredictionIDGenerator()
        let ids = (0..<2_000).map { _ in generator.next() }
        #expect(ids.map(\.description) == ids.map(\.description).sorted())
    }

    @Test func manyThreadsGetDistinctIDs() async {
        let generator = PredictionIDGenerator(
            clock: { SampleRecords.start }, random: { [UInt64](repeating: 0, count: $0) })
        let ids = await withTaskGroup(of: [PredictionID].self) { group in
            for _ in 0..<4 { group.addTask { (0..<2_000).map { _ in generator.next() } } }
            return await group.reduce(into: Set<PredictionID>()) { $0.formUnion($1) }
        }
        #expect(ids.count == 8_000)
    }
}
