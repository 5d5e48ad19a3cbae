/// How the elements of a shape fall into the groups that a reduction folds.
struct Groups {
    /// For each group, the place of its first element.
    let outerOffsets: [Int]
    /// For each element of a group, its distance from the first one.
    let innerOffsets: [Int]
    /// The shape with 1 at the reduced axes.
    let keptShape: [Int]
    /// The shape without the reduced axes.
    let reducedShape: [Int]

    /// The number of groups.
    var outerCount: Int { outerOffsets.count }

    /// Splits a shape; the axes are distinct and in range.
    ///
    /// - Complexity: O(groups + elements of one group).
    init(_ shape: [Int], axes: [Int]) {
        let strides = Shape.strides(shape)
        let kept = shape.indices.filter { !axes.contains($0) }
        let folded = shape.indices.filter { axes.contains($0) }
        func offsets(_ dimensions: [Int]) -> [Int] {
            Odometer(shape: dimensions.map { shape[$0] }, strides: dimensions.map { strides[$0] })
                .offsets(count: dimensions.reduce(1) { $0 * shape[$1] })
        }
        outerOffsets = offsets(kept)
        innerOffsets = offsets(folded)
        reducedShape = kept.map { shape[$0] }
        keptShape = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
    }
}
