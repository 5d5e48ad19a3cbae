/// Where the nodes of classic attributes stand, by the numbers that the attributes give them.
///
/// Most files number the nodes of a tree from 0 in a row, where a sum finds the place; all others need a dictionary.
struct NodePlaces {
    private struct Identity: Hashable {
        let tree: Int
        let node: Int
    }

    /// The place of the first node of each tree, in the order of the attributes; these are the roots.
    private(set) var firstPlaces: [Int] = []
    private var runs: [Int: Range<Int>] = [:]
    private var places: [Identity: Int] = [:]

    /// Indexes nodes.
    ///
    /// - Throws: ``KernelProblem`` for a node given twice.
    /// - Complexity: O(nodes).
    init(trees: [Int], nodes: [Int]) throws(KernelProblem) {
        var isInRuns = true
        var start = 0
        while isInRuns, start < trees.count {
            let tree = trees[start]
            var end = start
            while end < trees.count, trees[end] == tree, nodes[end] == end - start { end += 1 }
            if end == start || runs.updateValue(start..<end, forKey: tree) != nil { isInRuns = false }
            firstPlaces.append(start)
            start = end
        }
        guard !isInRuns else { return }
        runs = [:]
        firstPlaces = []
        var knownTrees: Set<Int> = []
        for (place, tree) in trees.enumerated() {
            guard places.updateValue(place, forKey: Identity(tree: tree, node: nodes[place])) == nil else {
                throw KernelProblem(.invalid, "node \(nodes[place]) of tree \(tree) is given twice")
            }
            if knownTrees.insert(tree).inserted { firstPlaces.append(place) }
        }
    }

    /// The place of a node; `nil` when it is not there.
    func place(tree: Int, node: Int) -> Int? {
        if let run = runs[tree] { return 0 <= node && node < run.count ? run.lowerBound + node : nil }
        return places[Identity(tree: tree, node: node)]
    }
}
