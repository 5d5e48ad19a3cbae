/// Trees as small nodes in one array, for walks without any branch that depends on data.
///
/// The two sides of a branch stand side by side, so that the outcome of its comparison is added to a place. Eight
/// rows, or sixteen trees for one row, are walked at a time, since each walk waits for memory most of its time.
///
/// One row is walked through a sixteenth of the trees in each lane. A leaf leads to the root of the lane's next tree, so
/// that no look is needed at where each tree ends; every node notes its threshold as the tree's latest, which at the
/// end is the leaf's number.
struct TreeWalk<Stored: TreeScalar>: Sendable {
    private struct Step: BitwiseCopyable {
        /// The threshold of a branch; of a leaf its number inside a NaN.
        var threshold: Stored
        /// The place of the low side, before that of the high one; of a leaf the place before the one that its tree leads to.
        var low: Int32
        /// The column that a branch reads; 0 for a leaf.
        var column: UInt16
        /// The tree.
        var tree: UInt16
    }

    /// Rows that are walked in step.
    private static var rowLanes: Int { 8 }
    /// Trees that are walked in step for one row.
    private static var treeLanes: Int { 16 }
    /// Levels of branches whose sides stand together.
    private static var levelsPerBlock: Int { 2 }
    /// Steps until the first look whether all walks ended; few leaves lie as deep as the deepest one.
    private static var firstRound: Int { 5 }
    /// Steps from then on from look to look.
    private static var nextRounds: Int { 4 }
    /// Steps from look to look whether walks through all trees ended.
    private static var stepsPerLook: Int { 8 }
    /// Fewer trees than this are walked one by one.
    private static var fewTrees: Int { 32 }

    private let steps: FixedArray<Step>
    private let roots: FixedArray<Int32>
    /// The place that the leaves of each tree lead to.
    private let ends: FixedArray<Int32>
    /// The first tree of each lane.
    private let share: Int
    private let depths: FixedArray<Int32>

    /// The number of trees.
    var treeCount: Int { depths.count }

    /// Lays out trees.
    ///
    /// - Returns: `nil` for too many columns or trees.
    init?(_ trees: SplitTrees<Stored>, columnCount: Int) {
        guard trees.treeCount < UInt16.max, columnCount <= UInt16.max else { return nil }
        let share = trees.treeCount / Self.treeLanes
        // Behind its last tree a lane goes round in a circle.
        let circle = trees.nodes.count
        var steps: [Step] = []
        var roots: [Int32] = []
        var ends: [Int32] = []
        steps.reserveCapacity(circle + 1)
        for tree in 0..<trees.treeCount {
            roots.append(Int32(steps.count))
            let isLast = tree == trees.treeCount - 1 || (tree + 1 < share * Self.treeLanes && (tree + 1) % share == 0)
            let next = steps.count + trees.firstNodes[tree + 1] - trees.firstNodes[tree]
            ends.append(Int32(isLast ? circle : next))
            Self.add(trees, tree, end: ends[tree], to: &steps)
        }
        steps.append(Step(threshold: .nan, low: Int32(circle) - 1, column: 0, tree: UInt16(trees.treeCount)))
        self.steps = FixedArray(steps)
        self.roots = FixedArray(roots)
        self.ends = FixedArray(ends)
        self.share = share
        depths = FixedArray(trees.depths.map { Int32($0) })
    }

    /// Lays out one tree, two levels at a time, so that two steps out of three stay where memory is close.
    private static func add(_ trees: SplitTrees<Stored>, _ tree: Int, end: Int32, to steps: inout [Step]) {
        let nodes = trees.firstNodes[tree]..<trees.firstNodes[tree + 1]
        var numbers: [Int] = []
        numbers.reserveCapacity(nodes.count)
        var leaf = trees.firstLeaves[tree]
        for node in nodes {
            numbers.append(leaf)
            if trees.nodes[node].isLeaf { leaf += 1 }
        }
        let blank = Step(threshold: 0, low: 0, column: 0, tree: UInt16(tree))
        var blocks = [(node: nodes.lowerBound, place: steps.count)]
        steps.append(blank)
        while let block = blocks.popLast() {
            var level = [block]
            for _ in 0..<levelsPerBlock {
                var below: [(node: Int, place: Int)] = []
                for (index, place) in level {
                    let node = trees.nodes[index]
                    guard !node.isLeaf else {
                        steps[place].threshold = Stored(leaf: numbers[index - nodes.lowerBound])
                        steps[place].low = end - 1
                        continue
                    }
                    steps[place].threshold = node.threshold
                    steps[place].column = UInt16(node.column)
                    steps[place].low = Int32(steps.count)
                    below.append((index + 1, steps.count))
                    below.append((node.whenHigh, steps.count + 1))
                    steps.append(blank)
                    steps.append(blank)
                }
                level = below
            }
            blocks.append(contentsOf: level.reversed())
        }
    }

    /// The leaves that some rows reach in one tree.
    ///
    /// - Parameters:
    ///   - rows: The columns.
    ///   - leaves: Room for the numbers of as many leaves as there are rows.
    func find(_ leaves: UnsafeMutablePointer<Int32>, tree: Int, _ rows: TreeRows<Stored>) {
        let root = Int(roots.start[tree])
        let end = Int(ends.start[tree])
        let depth = Int(depths.start[tree])
        var row = 0
        while row &+ Self.rowLanes <= rows.count {
            walkEight(leaves + row, root: root, end: end, depth: depth, rows.start + row &* rows.width, rows.width)
            row &+= Self.rowLanes
        }
        while row < rows.count {
            leaves[row] = walkOne(from: root, end: end, rows.start + row &* rows.width)
            row &+= 1
        }
    }

    /// The leaves that one row reaches in all trees.
    ///
    /// - Parameters:
    ///   - row: The columns.
    ///   - leaves: Room for the number of a leaf of each tree.
    func find(_ leaves: UnsafeMutablePointer<Int32>, row: UnsafePointer<Stored>) {
        guard treeCount >= Self.fewTrees else {
            for tree in 0..<treeCount {
                leaves[tree] = walkOne(from: Int(roots.start[tree]), end: Int(ends.start[tree]), row)
            }
            return
        }
        withUnsafeTemporaryAllocation(of: Stored.self, capacity: treeCount + 1) { latest in
            guard let latest = latest.baseAddress else { return }
            walkThrough(latest, row: row)
            for tree in 0..<treeCount { leaves[tree] = Int32(truncatingIfNeeded: latest[tree].leaf) }
        }
    }

    /// Walks through all trees.
    @inline(__always)
    private func walkThrough(_ latest: UnsafeMutablePointer<Stored>, row: UnsafePointer<Stored>) {
        let circle = steps.count &- 1
        let roots = roots.start
        var (a0, b0) = (Int(roots[0]), Int(roots[1 &* share]))
        var (c0, d0) = (Int(roots[2 &* share]), Int(roots[3 &* share]))
        var (e0, f0) = (Int(roots[4 &* share]), Int(roots[5 &* share]))
        var (g0, h0) = (Int(roots[6 &* share]), Int(roots[7 &* share]))
        var (a1, b1) = (Int(roots[8 &* share]), Int(roots[9 &* share]))
        var (c1, d1) = (Int(roots[10 &* share]), Int(roots[11 &* share]))
        var (e1, f1) = (Int(roots[12 &* share]), Int(roots[13 &* share]))
        var (g1, h1) = (Int(roots[14 &* share]), Int(roots[15 &* share]))
        var isOpen = true
        while isOpen {
            for _ in 0..<Self.stepsPerLook {
                a0 = note(a0, latest, row)
                b0 = note(b0, latest, row)
                c0 = note(c0, latest, row)
                d0 = note(d0, latest, row)
                e0 = note(e0, latest, row)
                f0 = note(f0, latest, row)
                g0 = note(g0, latest, row)
                h0 = note(h0, latest, row)
                a1 = note(a1, latest, row)
                b1 = note(b1, latest, row)
                c1 = note(c1, latest, row)
                d1 = note(d1, latest, row)
                e1 = note(e1, latest, row)
                f1 = note(f1, latest, row)
                g1 = note(g1, latest, row)
                h1 = note(h1, latest, row)
            }
            var open = (a0 ^ circle) | (b0 ^ circle) | (c0 ^ circle) | (d0 ^ circle)
            open |= (e0 ^ circle) | (f0 ^ circle) | (g0 ^ circle) | (h0 ^ circle)
            open |= (a1 ^ circle) | (b1 ^ circle) | (c1 ^ circle) | (d1 ^ circle)
            open |= (e1 ^ circle) | (f1 ^ circle) | (g1 ^ circle) | (h1 ^ circle)
            isOpen = open != 0
        }
    }

    /// One step through trees that notes where it was.
    @inline(__always)
    private func note(_ place: Int, _ latest: UnsafeMutablePointer<Stored>, _ row: UnsafePointer<Stored>) -> Int {
        let step = steps.start[place]
        latest[Int(step.tree)] = step.threshold
        return Int(step.low) &+ row[Int(step.column)].exceeds(step.threshold)
    }

    @inline(__always)
    private func next(_ place: Int, _ row: UnsafePointer<Stored>) -> Int {
        let step = steps.start + place
        return Int(step.pointee.low) &+ row[Int(step.pointee.column)].exceeds(step.pointee.threshold)
    }

    @inline(__always)
    private func walkOne(from root: Int, end: Int, _ row: UnsafePointer<Stored>) -> Int32 {
        var place = root
        while true {
            let next = next(place, row)
            if next == end { return Int32(truncatingIfNeeded: steps.start[place].threshold.leaf) }
            place = next
        }
    }

    /// One step within a tree: a walk that came to a leaf stays there.
    ///
    /// - Returns: 0 if it stayed.
    @inline(__always)
    @discardableResult
    private func advance(_ place: inout Int, _ end: Int, _ row: UnsafePointer<Stored>) -> Int {
        let next = next(place, row)
        let before = place
        place = next == end ? place : next
        return before ^ place
    }

    @inline(__always)
    private func walkEight(
        _ leaves: UnsafeMutablePointer<Int32>, root: Int, end: Int, depth: Int, _ rows: UnsafePointer<Stored>,
        _ width: Int
    ) {
        var (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
        var left = depth
        var round = Self.firstRound
        while left > 0 {
            for _ in 1..<min(left, round) {
                advance(&a, end, rows)
                advance(&b, end, rows + width)
                advance(&c, end, rows + 2 &* width)
                advance(&d, end, rows + 3 &* width)
                advance(&e, end, rows + 4 &* width)
                advance(&f, end, rows + 5 &* width)
                advance(&g, end, rows + 6 &* width)
                advance(&h, end, rows + 7 &* width)
            }
            var moved = advance(&a, end, rows) | advance(&b, end, rows + width)
            moved |= advance(&c, end, rows + 2 &* width) | advance(&d, end, rows + 3 &* width)
            moved |= advance(&e, end, rows + 4 &* width) | advance(&f, end, rows + 5 &* width)
            moved |= advance(&g, end, rows + 6 &* width) | advance(&h, end, rows + 7 &* width)
            if moved == 0 { break }
            left &-= round
            round = Self.nextRounds
        }
        leaves[0] = leaf(a)
        leaves[1] = leaf(b)
        leaves[2] = leaf(c)
        leaves[3] = leaf(d)
        leaves[4] = leaf(e)
        leaves[5] = leaf(f)
        leaves[6] = leaf(g)
        leaves[7] = leaf(h)
    }

    @inline(__always)
    private func leaf(_ place: Int) -> Int32 { Int32(truncatingIfNeeded: steps.start[place].threshold.leaf) }
}
