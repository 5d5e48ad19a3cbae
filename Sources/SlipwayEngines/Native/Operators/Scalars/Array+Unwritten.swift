/// The bytes up to which an array is written on the stack.
private let bytesOnStack = 1_024

extension Array {
    /// Makes an array whose elements a closure writes, as the initialiser of the standard library for the same does.
    ///
    /// That one looks up the class of its memory at every call, which takes longer than a small node. So what is small
    /// is written on the stack and copied into an array.
    @inline(__always)
    init(
        unwritten capacity: Int,
        _ write: (_ memory: inout UnsafeMutableBufferPointer<Element>, _ count: inout Int) -> Void
    ) {
        guard capacity <= bytesOnStack / MemoryLayout<Element>.stride else {
            self.init(unsafeUninitializedCapacity: capacity, initializingWith: write)
            return
        }
        self = Self.small(capacity, write)
    }

    private static func small(
        _ capacity: Int, _ write: (inout UnsafeMutableBufferPointer<Element>, inout Int) -> Void
    ) -> [Element] {
        withUnsafeTemporaryAllocation(byteCount: bytesOnStack, alignment: 16) { bytes in
            let start = bytes.baseAddress?.bindMemory(to: Element.self, capacity: capacity)
            var memory = UnsafeMutableBufferPointer(start: start, count: capacity)
            var count = 0
            write(&memory, &count)
            let array = Array(UnsafeBufferPointer(start: start, count: count))
            start?.deinitialize(count: count)
            return array
        }
    }

    /// Makes an array of one element again and again, as quickly where it is small.
    @inline(__always)
    init(_ element: Element, times count: Int) {
        self.init(unwritten: count) { memory, written in
            memory.initialize(repeating: element)
            written = count
        }
    }
}
