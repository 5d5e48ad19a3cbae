/// The number of rows of each category.
public struct CategoryCounts: Equatable, Sendable {
    /// The rows by category; never negative.
    public private(set) var counts: [String: Double]
    /// The rows of categories that were not kept by name, such as the tail beyond a profile's limit.
    public private(set) var otherCount: Double

    /// Makes counts; entries that are not positive and finite are left out.
    public init(_ counts: [String: Double], otherCount: Double = 0) {
        self.counts = counts.filter { $0.value > 0 && $0.value.isFinite }
        self.otherCount = otherCount > 0 && otherCount.isFinite ? otherCount : 0
    }

    /// Counts raw values, one row each.
    public init(values: some Sequence<String>) {
        self.init(values.reduce(into: [:]) { $0[$1, default: 0] += 1 })
    }

    /// The rows in all.
    public var total: Double { counts.values.reduce(otherCount, +) }

    /// Whether there is no row.
    public var isEmpty: Bool { counts.isEmpty && otherCount == 0 }

    /// The counts of two samples over the same categories, in the order of the names: the columns of a 2 x k table.
    ///
    /// Where a side has unnamed rows, a category that only the other side names may be among them, so its rows join
    /// the unnamed ones of that other side.
    func aligned(with current: CategoryCounts) -> [(baseline: Double, current: Double)] {
        var cells: [(baseline: Double, current: Double)] = []
        var tail = (baseline: otherCount, current: current.otherCount)
        for name in Set(counts.keys).union(current.counts.keys).sorted() {
            let cell = (baseline: counts[name] ?? 0, current: current.counts[name] ?? 0)
            let isHidden = cell.baseline == 0 && otherCount > 0 || cell.current == 0 && current.otherCount > 0
            if isHidden {
                tail.baseline += cell.baseline
                tail.current += cell.current
            } else {
                cells.append(cell)
            }
        }
        if tail.baseline > 0 || tail.current > 0 { cells.append(tail) }
        return cells
    }
}
