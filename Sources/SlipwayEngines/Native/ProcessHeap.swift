import CSlipwayKernels

/// The allocator of the process, set to what predictions ask of it.
///
/// A prediction allocates what passes between its nodes, and frees it. By default the GNU allocator then does two things
/// that may cost more than the nodes: it gives the top of the heap back to the system, so that the next batch pays a page
/// fault for every page; and it lays small pieces aside unjoined, thousands after many single rows, all of which it
/// sorts when the next batch asks for a large piece.
public enum ProcessHeap {
    /// The most freed bytes at the top of the heap that are kept for what comes next.
    static let keptBytes: Int32 = 1 << 26
    /// The bytes from which on a piece is taken from the system, and given back, on its own.
    static let mappedBytes: Int32 = 1 << 25

    /// Settles the allocator for the whole process, best as it begins; other allocators than GNU's are left as they are.
    ///
    /// - Returns: Whether the allocator took all settings.
    @discardableResult
    public static func settle() -> Bool { slipway_settle_heap(keptBytes, mappedBytes) }

    /// Gives what is freed back to the system, for when much was: to load a model takes several times what it keeps.
    ///
    /// Threads that allocate may wait for it for some milliseconds, so it belongs behind rare work alone.
    public static func giveBack() { slipway_trim_heap() }

    /// The bytes that are given out and not freed; `nil` where the allocator does not tell.
    public static var usedByteCount: Int? { Int(exactly: slipway_heap_in_use()) }
}
