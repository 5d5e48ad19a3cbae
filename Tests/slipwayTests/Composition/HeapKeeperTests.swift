import Foundation
import Testing

@testable import slipway

struct HeapKeeperTests {
    #if canImport(Glibc)
        /// A process of its own, since its whole heap is looked at.
        @Test func whatABurstLeftIsGivenBack() async {
            await #expect(processExitsWith: .success) {
                let (count, size) = (4_096, 48 << 10)
                let pieces = (0..<count).map { _ in UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16) }
                for piece in pieces { piece.initializeMemory(as: UInt8.self, repeating: 1, count: size) }
                // One in sixteen stays, so that the rest cannot go by itself.
                for (index, piece) in pieces.enumerated() where index % 16 != 0 { piece.deallocate() }
                let before = try #require(HeapKeeper.looseByteCount)
                try #require(before > 2 * HeapKeeper.keptByteCount)
                let keeper = Task { try await HeapKeeper(every: .milliseconds(10)).run() }
                let end = ContinuousClock.now + .seconds(300)
                while try #require(HeapKeeper.looseByteCount) >= HeapKeeper.keptByteCount, ContinuousClock.now < end {
                    try await Task.sleep(for: .milliseconds(20))
                }
                #expect(try #require(HeapKeeper.looseByteCount) < HeapKeeper.keptByteCount)
                for (index, piece) in pieces.enumerated() where index % 16 == 0 { piece.deallocate() }
                keeper.cancel()
                try await keeper.value
            }
        }
    #endif
}
