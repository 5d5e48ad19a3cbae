import Foundation
import Testing

@testable import SlipwayEngines

struct ProcessHeapTests {
    @Test
    func theAllocatorTakesEverySetting() {
        #expect(ProcessHeap.settle())
    }

    #if canImport(Glibc)
        @Test
        func whatWasFreedIsGivenBackAlsoBelowWhatIsInUse() throws {
            let (count, size) = (512, 64 << 10)
            let pieces = (0..<count).map { _ in UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16) }
            for piece in pieces { piece.initializeMemory(as: UInt8.self, repeating: 1, count: size) }
            for piece in pieces.dropLast() { piece.deallocate() }
            defer { pieces[count - 1].deallocate() }
            let before = try Self.residentByteCount
            ProcessHeap.giveBack()
            #expect(try before - Self.residentByteCount > count * size / 2)
        }

        /// The bytes of the process that are in memory.
        private static var residentByteCount: Int {
            get throws {
                let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
                let pageCount = text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
                return try #require(pageCount) * Int(getpagesize())
            }
        }
    #endif
}
