/// How the elements of a shape fall into the groups that a reduction folds.
///
/// The elements of a group lie at equal distances. Where the reduced axes do not lie side by side, that holds for the
/// elements in the order of ``order`` only.
struct Groups {
    /// The number of groups.
    let count: Int
    /// The elements of one group.
    let length: Int
    /// The distance between two neighbours in a group, and the number of groups that lie between one another.
    let stride: Int
    /// For each element in the order in which groups are found, its place in the array; `nil` when that is its own.
    let order: [Int]?
    /// The shape with 1 at the reduced axes.
    let keptShape: [Int]
    /// The shape without the reduced axes.
    let reducedShape: [Int]

    /// Splits a shape; the axes are distinct and in range.
    ///
    /// - Complexity: O(1), or O(elements) when the axes do not lie side by side.
    init(_ shape: [Int], axes: [Int]) {
        if axes.count == 1 {
            // The common case, which a single row feels, needs no lists of axes.
            var (full, reduced) = (shape, shape)
            full[axes[0]] = 1
            length = reduced.remove(at: axes[0])
            (keptShape, reducedShape) = (full, reduced)
            count = reduced.reduce(1, *)
            stride = reduced[axes[0]...].reduce(1, *)
            order = nil
            return
        }
        var kept: [Int] = []
        var folded: [Int] = []
        var full = shape
        for dimension in shape.indices {
            if axes.contains(dimension) {
                folded.append(dimension)
                full[dimension] = 1
            } else {
                kept.append(dimension)
            }
        }
        keptShape = full
        reducedShape = kept.map { shape[$0] }
        count = reducedShape.reduce(1, *)
        length = folded.reduce(1) { $0 * shape[$1] }
        let first = folded.first ?? shape.count
        if let last = folded.last, last - first >= folded.count {
            let strides = Shape.strides(shape)
            let turned = kept + folded
            order = Odometer(shape: turned.map { shape[$0] }, strides: turned.map { strides[$0] })
                .offsets(count: count * length)
            stride = 1
        } else {
            order = nil
            stride = folded.isEmpty ? 1 : shape[(first + folded.count)...].reduce(1, *)
        }
    }

    /// The place of the first element of a group.
    @inline(__always)
    func start(of group: Int) -> Int {
        stride == 1 ? group * length : group / stride * (length * stride) + group % stride
    }

    /// For each group, the place of its first element.
    ///
    /// - Complexity: O(groups).
    var outerOffsets: [Int] {
        (0..<count).map { group in
            guard let order, !order.isEmpty else { return start(of: group) }
            return order[group * length]
        }
    }

    /// For each element of a group, its distance from the first one.
    ///
    /// - Complexity: O(elements of one group).
    var innerOffsets: [Int] {
        (0..<length).map { index in
            guard let order, let first = order.first else { return index * stride }
            return order[index] - first
        }
    }

    /// The elements in the order in which groups are found.
    func arranged<Scalar>(_ array: [Scalar]) -> [Scalar] {
        order.map { order in order.map { array[$0] } } ?? array
    }
}
