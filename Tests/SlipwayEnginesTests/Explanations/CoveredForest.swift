import SlipwayTesting

@testable import SlipwayEngines

/// Makes decision forests by chance whose nodes know how many rows reach them, as explanations need.
struct CoveredForest {
    var generator: SeededGenerator
    /// The columns that splits read.
    var columnCount: Int
    /// The comparisons that splits use.
    var comparisons: [DecisionForest.Comparison] = [.lessOrEqual]
    var targetCount = 1
    let aggregate: TreeAggregate
    var roots: [Int] = []
    var nodes: [DecisionForest.Node] = []
    var weights: [DecisionForest.Weight] = []
    var memberValues: [Double] = []

    init(seed: UInt64, columnCount: Int, targetCount: Int = 1, aggregate: TreeAggregate = .sum) {
        generator = SeededGenerator(seed: seed)
        self.columnCount = columnCount
        self.targetCount = targetCount
        self.aggregate = aggregate
    }

    /// The trees added so far; their covers are those of the nodes.
    func forest() throws -> DecisionForest {
        var forest = try DecisionForest(
            ForestParts(
                nodes: nodes, roots: roots, weights: weights, memberValues: memberValues,
                danglingBranch: { place, _ in "node \(place)" }, treeName: { "tree \($0)" }),
            targetCount: targetCount, aggregate: aggregate, transform: .none, baseValues: [], precision: .float64,
            labels: nil)
        forest.featureCount = columnCount
        return forest
    }

    /// Adds a tree whose branches end with a chance that grows with their depth.
    mutating func addTree(depthMax: Int, endsEarly: Double = 0.2) {
        roots.append(Int(add(depth: 0, depthMax, endsEarly)))
    }

    /// Adds a tree in which one child of every branch is a leaf, so that paths are as long as they can be.
    mutating func addChain(length: Int) {
        roots.append(Int(addLink(0, length)))
    }

    private mutating func addLink(_ depth: Int, _ length: Int) -> Int32 {
        guard depth < length else { return addLeaf() }
        let index = addBranch(column: depth % columnCount)
        let (leaf, rest) = (addLeaf(), addLink(depth + 1, length))
        let leafIsTrue = Bool.random(using: &generator)
        nodes[Int(index)].whenTrue = leafIsTrue ? leaf : rest
        nodes[Int(index)].whenFalse = leafIsTrue ? rest : leaf
        return index
    }

    private mutating func add(depth: Int, _ depthMax: Int, _ endsEarly: Double) -> Int32 {
        guard depth < depthMax, depth == 0 || Double.random(in: 0..<1, using: &generator) > endsEarly else {
            return addLeaf()
        }
        let index = addBranch(column: Int.random(in: 0..<columnCount, using: &generator))
        nodes[Int(index)].whenTrue = add(depth: depth + 1, depthMax, endsEarly)
        nodes[Int(index)].whenFalse = add(depth: depth + 1, depthMax, endsEarly)
        return index
    }

    private mutating func addBranch(column: Int) -> Int32 {
        let comparison = comparisons.randomElement(using: &generator) ?? .lessOrEqual
        var members: Range<Int32> = 0..<0
        if comparison == .member {
            let first = Int32(memberValues.count)
            memberValues += (0..<5).filter { _ in Bool.random(using: &generator) }.map { Double($0) }
            members = first..<Int32(memberValues.count)
        }
        nodes.append(
            DecisionForest.Node(
                comparison: comparison, feature: Int32(column),
                threshold: Double(Int.random(in: 0..<5, using: &generator)), members: members,
                sendsMissingToTrue: Bool.random(using: &generator), whenTrue: 0, whenFalse: 0, weights: 0..<0, cover: 0)
        )
        return Int32(nodes.count - 1)
    }

    private mutating func addLeaf() -> Int32 {
        let first = Int32(weights.count)
        for target in 0..<targetCount where target == 0 || Bool.random(using: &generator) {
            weights.append(
                DecisionForest.Weight(target: Int32(target), value: Double.random(in: -1...1, using: &generator)))
        }
        nodes.append(
            DecisionForest.Node(
                comparison: nil, feature: 0, threshold: 0, members: 0..<0, sendsMissingToTrue: false, whenTrue: 0,
                whenFalse: 0, weights: first..<Int32(weights.count), cover: 0))
        return Int32(nodes.count - 1)
    }

    /// Gives covers by chance: leaves between 0 and 9, branches the sum of their children; `rare` makes many of them 0.
    mutating func addCovers(rare: Bool = false) {
        for index in nodes.indices.reversed() {
            let node = nodes[index]
            let isEmpty = rare && Double.random(in: 0..<1, using: &generator) < 0.3
            nodes[index].cover =
                node.comparison == nil
                ? (isEmpty ? 0 : Double.random(in: 0.01...9, using: &generator))
                : nodes[Int(node.whenTrue)].cover + nodes[Int(node.whenFalse)].cover
        }
    }

    /// A row whose numbers lie on thresholds, between them, or are missing.
    mutating func row() -> [Double] {
        (0..<columnCount).map { _ in
            let number = Double(Int.random(in: -1..<11, using: &generator)) / 2
            return number < 0 ? .nan : number
        }
    }
}
