/// The foremost of some elements, kept by their indices in a heap whose top is the first to give way to a better one.
struct TopSelection<Scalar: NumericScalar> {
    /// The first element.
    let elements: UnsafePointer<Scalar>
    /// The distance from one element to the next.
    let stride: Int
    /// The indices, as many as are wanted.
    let heap: UnsafeMutablePointer<Int>
    /// How many elements are wanted, at least one.
    let count: Int
    let isLargest: Bool

    /// Selects from elements of which there are at least as many as wanted.
    ///
    /// - Complexity: O(length · log(count)), and close to O(length) where few are wanted of many.
    @inline(__always)
    func fill(from length: Int) {
        for index in 0..<count { heap[index] = index }
        for place in Swift.stride(from: count / 2 - 1, through: 0, by: -1) { sink(place, count: count) }
        var worst = elements[heap[0] &* stride]
        for index in count..<length {
            // An element equal to the worst one comes later, and so behind it.
            guard isBetter(elements[index &* stride], worst) else { continue }
            heap[0] = index
            sink(0, count: count)
            worst = elements[heap[0] &* stride]
        }
    }

    /// Puts the foremost element first.
    ///
    /// - Complexity: O(count · log(count)).
    func sort() {
        for last in Swift.stride(from: count - 1, to: 0, by: -1) {
            (heap[0], heap[last]) = (heap[last], heap[0])
            sink(0, count: last)
        }
    }

    /// Puts the elements in the order in which they were found.
    func sortByIndex() {
        var indices = UnsafeMutableBufferPointer(start: heap, count: count)
        indices.sort()
    }

    /// Whether a value comes before another one whatever their indices.
    @inline(__always)
    private func isBetter(_ value: Scalar, _ other: Scalar) -> Bool {
        (isLargest ? value > other : value < other) || (other.isUndefined && !value.isUndefined)
    }

    /// Whether the element of one index comes after that of another one.
    @inline(__always)
    private func isBehind(_ index: Int, _ other: Int) -> Bool {
        let (value, reference) = (elements[index &* stride], elements[other &* stride])
        return isBetter(reference, value) || (index > other && !isBetter(value, reference))
    }

    @inline(__always)
    private func sink(_ start: Int, count: Int) {
        var place = start
        let index = heap[start]
        while true {
            var child = 2 &* place &+ 1
            guard child < count else { break }
            if child &+ 1 < count, isBehind(heap[child &+ 1], heap[child]) { child = child &+ 1 }
            guard isBehind(heap[child], index) else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = index
    }
}
