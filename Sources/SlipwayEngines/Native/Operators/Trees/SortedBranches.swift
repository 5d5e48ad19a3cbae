/// The branches of small trees in the order of their searches and, within one, of their thresholds.
struct SortedBranches {
    let branches: [MaskBranch]
    /// By search and place, how many branches lie before those whose threshold has that rank or a higher one.
    let ends: [Int32]
    /// Where the ends of each search begin.
    let firstEnds: [Int]

    /// Sorts branches.
    ///
    /// - Parameter placeCounts: For each search, the places of a value among its thresholds.
    /// - Complexity: O(branches + places).
    init(_ unsorted: [MaskBranch], placeCounts: [Int]) {
        var firstEnds: [Int] = []
        var placeCount = 0
        for count in placeCounts {
            firstEnds.append(placeCount)
            placeCount += count
        }
        // A value at the place behind a threshold is above it, and so the branch counts from there on.
        var ends = [Int32](repeating: 0, count: placeCount)
        for branch in unsorted { ends[firstEnds[Int(branch.search)] + Int(branch.rank) + 1] += 1 }
        for place in ends.indices.dropFirst() { ends[place] += ends[place - 1] }
        var next = ends
        var order = [Int32](repeating: 0, count: unsorted.count)
        for (index, branch) in unsorted.enumerated() {
            let place = firstEnds[Int(branch.search)] + Int(branch.rank)
            order[Int(next[place])] = Int32(index)
            next[place] += 1
        }
        branches = order.map { unsorted[Int($0)] }
        self.ends = ends
        self.firstEnds = firstEnds
    }

    /// The ends of a search.
    func places(of search: Int) -> Range<Int> {
        firstEnds[search]..<(search + 1 < firstEnds.count ? firstEnds[search + 1] : ends.count)
    }

    /// The most branches of one search.
    var longest: Int {
        firstEnds.indices.reduce(0) {
            let places = places(of: $1)
            return max($0, Int(ends[places.upperBound - 1] - ends[places.lowerBound]))
        }
    }
}
