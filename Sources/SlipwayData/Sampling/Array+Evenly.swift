extension Array {
    /// At most so many elements, spread evenly over all and in their order.
    ///
    /// - Complexity: O(limit).
    package func evenly(_ limit: Int) -> [Element] {
        guard count > limit else { return self }
        return (0..<Swift.max(0, limit)).map { self[$0 * count / limit] }
    }
}
