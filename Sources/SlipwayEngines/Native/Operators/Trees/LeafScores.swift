/// What the leaves of a forest add to the scores of targets.
final class LeafScores<Stored: TreeScalar>: Sendable {
    private struct Addend: BitwiseCopyable {
        var target: Int32
        var value: Stored
    }

    /// How leaves add.
    private enum Form: Sendable {
        /// Every leaf of a tree adds one value to the same target.
        case onePerTree(targets: FixedArray<Int32>, values: FixedArray<Stored>)
        /// Every leaf has a list, here where each begins and one more.
        case lists(starts: FixedArray<Int32>, addends: FixedArray<Addend>)
    }

    let targetCount: Int
    private let aggregate: TreeAggregate
    private let form: Form
    /// The targets of which some tree speaks in each of its leaves; the others need a look at each row.
    private let alwaysPresent: [Bool]
    /// Whether a look at each row is needed.
    private let tracksPresence: Bool

    /// Gathers the weights of leaves in the order of their numbers.
    init(_ trees: SplitTrees<Stored>, of forest: DecisionForest) {
        targetCount = forest.targetCount
        aggregate = forest.aggregate
        var starts: [Int32] = [0]
        var addends: [Addend] = []
        for node in trees.nodes where node.isLeaf {
            for index in forest.nodes[node.source].weights {
                let weight = forest.weights[Int(index)]
                addends.append(Addend(target: weight.target, value: Stored(weight.value)))
            }
            starts.append(Int32(addends.count))
        }
        // A single target is answered for whether or not any leaf spoke of it.
        var isPresent = [Bool](repeating: targetCount == 1, count: targetCount)
        var targets: [Int32] = []
        var isOnePerTree = aggregate == .sum || aggregate == .average
        var speakers = [Int](repeating: 0, count: targetCount)
        for tree in 0..<trees.treeCount {
            let leaves = trees.firstLeaves[tree]..<trees.firstLeaves[tree + 1]
            let target = addends.isEmpty ? 0 : addends[min(Int(starts[leaves.lowerBound]), addends.count - 1)].target
            targets.append(target)
            var last = [Int32: Int]()
            for leaf in leaves {
                let list = Int(starts[leaf])..<Int(starts[leaf + 1])
                isOnePerTree = isOnePerTree && list.count == 1 && addends[list.lowerBound].target == target
                guard targetCount > 1 else { continue }
                for index in list where last.updateValue(leaf, forKey: addends[index].target) != leaf {
                    speakers[Int(addends[index].target)] += 1
                }
            }
            for target in last.keys {
                isPresent[Int(target)] = isPresent[Int(target)] || speakers[Int(target)] == leaves.count
                speakers[Int(target)] = 0
            }
        }
        alwaysPresent = isPresent
        tracksPresence =
            !(aggregate == .sum || aggregate == .average) || addends.contains { !isPresent[Int($0.target)] }
        form =
            isOnePerTree
            ? .onePerTree(targets: FixedArray(targets), values: FixedArray(addends.map(\.value)))
            : .lists(starts: FixedArray(starts), addends: FixedArray(addends))
    }

    /// Sets scores to where sums begin.
    func begin<Number: TreeScalar>(_ scores: TreeScores<Number>, rowCount: Int) {
        scores.values.update(repeating: 0, count: rowCount &* targetCount)
        for row in 0..<(tracksPresence ? rowCount : 1) {
            for target in 0..<targetCount {
                // Minimum and maximum need to know which leaf is the first.
                let isKnown = alwaysPresent[target] && !tracksPresence
                scores.isPresent[row &* scores.presenceStep &+ target] = isKnown
            }
        }
    }

    /// Whether presence has to be kept for each row.
    var presenceStep: Int { tracksPresence ? targetCount : 0 }

    /// Adds the leaves that some rows reached in one tree.
    func add<Number: TreeScalar>(
        _ leaves: UnsafePointer<Int32>, tree: Int, to scores: TreeScores<Number>, rowCount: Int
    ) {
        switch form {
        case .onePerTree(let targets, let values):
            let values = values.start
            let column = scores.values + Int(targets.start[tree])
            if targetCount == 1 {
                for row in 0..<rowCount { column[row] += Number(values[Int(leaves[row])]) }
            } else {
                for row in 0..<rowCount { column[row &* targetCount] += Number(values[Int(leaves[row])]) }
            }
        case .lists(let starts, let addends):
            for row in 0..<rowCount {
                add(starts.start, addends.start, leaf: Int(leaves[row]), to: scores, row: row)
            }
        }
    }

    /// Adds the leaves that one row reached in all trees, in their order.
    func add<Number: TreeScalar>(
        _ leaves: UnsafePointer<Int32>, treeCount: Int, to scores: TreeScores<Number>, row: Int
    ) {
        let sums = scores.values + row &* targetCount
        switch form {
        case .onePerTree(let targets, let values):
            let values = values.start
            if targetCount == 1 {
                var sum = sums[0]
                for tree in 0..<treeCount { sum += Number(values[Int(leaves[tree])]) }
                sums[0] = sum
            } else {
                for tree in 0..<treeCount { sums[Int(targets.start[tree])] += Number(values[Int(leaves[tree])]) }
            }
        case .lists(let starts, let addends):
            for tree in 0..<treeCount {
                add(starts.start, addends.start, leaf: Int(leaves[tree]), to: scores, row: row)
            }
        }
    }

    @inline(__always)
    private func add<Number: TreeScalar>(
        _ starts: UnsafePointer<Int32>, _ addends: UnsafePointer<Addend>, leaf: Int, to scores: TreeScores<Number>,
        row: Int
    ) {
        let scores = scores.advanced(by: row, targetCount: targetCount)
        for index in Int(starts[leaf])..<Int(starts[leaf &+ 1]) {
            let value = Number(addends[index].value)
            if tracksPresence {
                scores.add(value, to: Int(addends[index].target), by: aggregate)
            } else {
                scores.values[Int(addends[index].target)] += value
            }
        }
    }
}
