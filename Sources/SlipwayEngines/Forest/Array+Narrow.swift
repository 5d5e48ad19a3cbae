extension Array {
    /// The elements in a range of the narrow indices that nodes of trees keep.
    subscript(range: Range<Int32>) -> ArraySlice<Element> { self[Int(range.lowerBound)..<Int(range.upperBound)] }
}
