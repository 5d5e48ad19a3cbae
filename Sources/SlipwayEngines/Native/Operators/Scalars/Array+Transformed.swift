extension Array {
    /// The array with a function applied to each element, in a loop that the compiler can do several elements at a time.
    ///
    /// - Complexity: O(count).
    @inline(__always)
    func transformed<Result>(_ transform: (Element) -> Result) -> [Result] {
        [Result](unwritten: count) { result, written in
            withUnsafeBufferPointer { elements in
                for index in 0..<elements.count {
                    result.initializeElement(at: index, to: transform(elements[index]))
                }
            }
            written = count
        }
    }
}
