/// An array that never changes and never moves, for loops that read it through a pointer.
///
/// A pointer is good for as long as its array is alive, which the loop's owner sees to.
final class FixedArray<Element: BitwiseCopyable>: @unchecked Sendable {
    // Safe because elements are written before the initialiser returns and never after.
    let start: UnsafePointer<Element>
    let count: Int

    init(_ elements: [Element]) {
        count = elements.count
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(elements.count, 1))
        for (index, element) in elements.enumerated() { memory[index] = element }
        start = UnsafePointer(memory)
    }

    deinit { start.deallocate() }
}
