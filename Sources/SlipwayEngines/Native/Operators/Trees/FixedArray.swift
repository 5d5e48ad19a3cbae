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
        elements.withUnsafeBufferPointer { elements in
            if let start = elements.baseAddress { memory.initialize(from: start, count: elements.count) }
        }
        start = UnsafePointer(memory)
    }

    /// Makes an array of one element repeated, and lets it be written over.
    init(repeating element: Element, count: Int, _ write: (UnsafeMutablePointer<Element>) -> Void) {
        self.count = count
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
        memory.initialize(repeating: element, count: count)
        write(memory)
        start = UnsafePointer(memory)
    }

    deinit { start.deallocate() }
}
