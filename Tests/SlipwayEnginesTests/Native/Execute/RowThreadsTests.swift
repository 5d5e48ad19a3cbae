import Synchronization
import Testing

@testable import SlipwayEngines

struct RowThreadsTests {
    @Test(arguments: [0, 1, 64, 65, 1000, 4096, 4097], [1, 2, 3, 16])
    func everyRowIsInOnePart(rowCount: Int, limit: Int) {
        let parts = Mutex<[(first: Int, count: Int)]>([])
        let threads = RowThreads(limit)
        let cost = RowThreads.leastPart / 100
        threads.split(rowCount, nanosecondsPerRow: cost) { first, count in
            parts.withLock { $0.append((first, count)) }
        }
        let sorted = parts.withLock { $0.sorted { $0.first < $1.first } }
        #expect(sorted.count == threads.count(for: rowCount, nanosecondsPerRow: cost))
        var next = 0
        for part in sorted {
            #expect(part.first == next && part.first % RowThreads.grain == 0)
            next += part.count
        }
        #expect(next == rowCount)
    }

    @Test func littleWorkStaysOnTheCallingThread() {
        let threads = RowThreads(8)
        #expect(threads.count(for: 1000, nanosecondsPerRow: RowThreads.leastPart / 1000) == 1)
        #expect(threads.count(for: 1000, nanosecondsPerRow: RowThreads.leastPart / 300) == 3)
        #expect(threads.count(for: 100_000, nanosecondsPerRow: RowThreads.leastPart) == 8)
        #expect(threads.count(for: 64, nanosecondsPerRow: RowThreads.leastPart) == 1)
        #expect(RowThreads(0).count(for: 100_000, nanosecondsPerRow: RowThreads.leastPart) == 1)
    }
}
