/// Walks trees from their roots and numbers nodes in the order in which they are met.
struct ForestLayout {
    private let parts: ForestParts
    private(set) var nodes: [DecisionForest.Node] = []
    private(set) var featureCount = 0
    /// For each place, the number of its node in the tree at hand; negative while the tree has not met it.
    private var numbers: [Int32]
    /// For each place, the tree that met it last, counted from 1.
    private var trees: [Int32]
    /// Whether the path from the root to the node at hand leads through a place.
    private var isOpen: [Bool]
    private var treeCount: Int32 = 0
    private var path: [Step] = []

    private struct Step {
        let place: Int
        var nextChild: Int
    }

    init(_ parts: ForestParts) {
        self.parts = parts
        nodes.reserveCapacity(parts.nodes.count)
        numbers = [Int32](repeating: 0, count: parts.nodes.count)
        trees = [Int32](repeating: 0, count: parts.nodes.count)
        isOpen = [Bool](repeating: false, count: parts.nodes.count)
    }

    /// Lays out one tree and returns the number of its root.
    ///
    /// - Throws: ``KernelProblem`` for a branch that leads nowhere, a cycle, a feature out of range, and when trees that
    ///   share nodes become too many nodes.
    mutating func add(treeAt root: Int) throws(KernelProblem) -> Int32 {
        treeCount += 1
        path.removeAll(keepingCapacity: true)
        try enter(root)
        while let top = path.last {
            guard top.nextChild < 2, parts.nodes[top.place].comparison != nil else {
                isOpen[top.place] = false
                path.removeLast()
                continue
            }
            path[path.count - 1].nextChild += 1
            let isTrue = top.nextChild == 0
            let child = Int(isTrue ? parts.nodes[top.place].whenTrue : parts.nodes[top.place].whenFalse)
            guard parts.nodes.indices.contains(child) else {
                throw KernelProblem(.invalid, parts.danglingBranch(top.place, isTrue))
            }
            guard !isOpen[child] else { throw KernelProblem(.invalid, "\(parts.treeName(child)) has a cycle") }
            if trees[child] != treeCount { try enter(child) }
            if isTrue {
                nodes[Int(numbers[top.place])].whenTrue = numbers[child]
            } else {
                nodes[Int(numbers[top.place])].whenFalse = numbers[child]
            }
        }
        return numbers[root]
    }

    private mutating func enter(_ place: Int) throws(KernelProblem) {
        let node = parts.nodes[place]
        if node.comparison != nil {
            guard 0 <= node.feature, node.feature < NativeLimits.elements else {
                throw KernelProblem(.invalid, "a tree node reads feature \(node.feature)")
            }
            featureCount = max(featureCount, Int(node.feature) + 1)
        }
        guard nodes.count < NativeLimits.treeNodes else {
            throw KernelProblem(.tooLarge, "trees that share nodes become more than \(NativeLimits.treeNodes)")
        }
        numbers[place] = Int32(nodes.count)
        trees[place] = treeCount
        isOpen[place] = true
        nodes.append(node)
        path.append(Step(place: place, nextChild: 0))
    }
}
