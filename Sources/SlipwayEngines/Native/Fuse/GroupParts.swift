/// What a ``FeatureProgram/Group`` is put together from.
struct GroupParts {
    /// What is read, from left to right.
    var loads: [FeatureProgram.Load]
    /// The first column of the group.
    let first: Int
    var width: Int
    var operations: [ColumnOperation]
    /// For each column the columns of ``FeatureProgram/base`` whose product it is; empty where columns are read.
    var factors: [[Int]] = []

    /// Whether the group is one category, of which no more than one column is 1.
    var isOneHot: Bool { loads.count == 1 && loads[0].isOneHot && operations.isEmpty }

    /// The group with one more source, or `nil` when that is treated differently.
    func joined(with segment: FeatureColumns.Segment, _ load: FeatureProgram.Load) -> GroupParts? {
        guard factors.isEmpty, !isOneHot, !load.isOneHot else { return nil }
        var group = self
        guard let operations = joinedOperations(with: segment) else { return nil }
        group.operations = operations
        group.loads.append(load)
        group.width += load.width
        return group
    }

    /// The group with one more product, or `nil` when that is treated differently.
    func joined(with segment: FeatureColumns.Segment, productOf places: [Int]) -> GroupParts? {
        guard !factors.isEmpty, let operations = joinedOperations(with: segment) else { return nil }
        var group = self
        group.operations = operations
        group.factors.append(places)
        group.width += 1
        return group
    }

    private func joinedOperations(with segment: FeatureColumns.Segment) -> [ColumnOperation]? {
        guard operations.count == segment.operations.count else { return nil }
        var all: [ColumnOperation] = []
        for (left, right) in zip(operations, segment.operations) {
            guard let joined = left.joined(with: right) else { return nil }
            all.append(joined)
        }
        return all
    }
}
