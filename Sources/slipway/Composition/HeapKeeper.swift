import Foundation
import ServiceLifecycle
import SlipwayEngines

/// Gives back to the system what a burst of large requests left in the heap.
///
/// The allocator keeps what is freed between pieces in use, in each of its arenas: sixty-four calls of a thousand rows at
/// once left a server at 200 MiB, of which it used 3.
struct HeapKeeper: Service {
    /// How often it looks.
    static let interval = Duration.seconds(10)
    /// The bytes in memory beyond those in use that are kept for what comes next.
    static let keptByteCount = 64 << 20

    private let interval: Duration

    /// Makes a keeper.
    init(every interval: Duration = Self.interval) { self.interval = interval }

    /// Looks until the server shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            // What stays after it gave back is not the heap's: stacks, and the memory of other allocators.
            var others = 0
            while !Task.isCancelled {
                try? await Task.sleep(for: interval)
                guard let loose = Self.looseByteCount, loose - others > Self.keptByteCount else { continue }
                ProcessHeap.giveBack()
                others = max(0, Self.looseByteCount ?? 0)
            }
        }
    }

    /// The bytes of the process that are in memory, belong to no file, and are not in use by its heap.
    static var looseByteCount: Int? {
        guard let used = ProcessHeap.usedByteCount,
            let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        else { return nil }
        let pages = text.split(separator: " ").compactMap { Int($0) }
        return pages.count > 2 ? (pages[1] - pages[2]) * Int(getpagesize()) - used : nil
    }
}
