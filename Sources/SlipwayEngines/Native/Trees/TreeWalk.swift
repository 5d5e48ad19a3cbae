/// Trees as small nodes in one array, for walks without any branch that depends on data.
///
/// The two sides of a branch stand side by side, so that the outcome of its comparison is added to a place. Eight
/// walks go at a time, since each waits for memory most of its time.
///
/// One row is walked through an eighth of the trees in each lane. A leaf leads to the root of the lane's next tree, so
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

    /// Walks in step.
    private static var lanes: Int { 8 }
    /// Steps until the first look whether all walks ended; few leaves lie as deep as the deepest one.
    private static var firstRound: Int { 5 }
    /// Steps from then on from look to look.
    private static var nextRounds: Int { 2 }
    /// Steps from look to look whether walks through all trees ended.
    private static var stepsPerLook: Int { 8 }
    /// Fewer trees than this are walked one by one.
    private static var fewTrees: Int { 16 }

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
        let share = trees.treeCount / Self.lanes
        // Behind its last tree a lane goes round in a circle.
        let circle = trees.nodes.count
        var steps: [Step] = []
        var roots: [Int32] = []
        var ends: [Int32] = []
        steps.reserveCapacity(circle + 1)
        for tree in 0..<trees.treeCount {
            roots.append(Int32(steps.count))
            let isLast = tree == trees.treeCount - 1 || (tree + 1 < share * Self.lanes && (tree + 1) % share == 0)
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

    private static func add(_ trees: SplitTrees<Stored>, _ tree: Int, end: Int32, to steps: inout [Step]) {
        var leaf = trees.firstLeaves[tree]
        var open = [(node: trees.firstNodes[tree], place: steps.count)]
        steps.append(Step(threshold: 0, low: 0, column: 0, tree: UInt16(tree)))
        while let (index, place) = open.popLast() {
            let node = trees.nodes[index]
            if node.isLeaf {
                steps[place] = Step(threshold: Stored(leaf: leaf), low: end - 1, column: 0, tree: UInt16(tree))
                leaf += 1
            } else {
                steps[place] = Step(
                    threshold: node.threshold, low: Int32(steps.count), column: UInt16(node.column),
                    tree: UInt16(tree))
                open.append((node.whenHigh, steps.count + 1))
                open.append((index + 1, steps.count))
                steps.append(steps[place])
                steps.append(steps[place])
            }
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
        while row &+ Self.lanes <= rows.count {
            walkEight(leaves + row, root: root, end: end, depth: depth, rows.start + row &* rows.width, rows.width)
            row &+= Self.lanes
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
        var (a, b) = (Int(roots[0]), Int(roots[share]))
        var (c, d) = (Int(roots[2 &* share]), Int(roots[3 &* share]))
        var (e, f) = (Int(roots[4 &* share]), Int(roots[5 &* share]))
        var (g, h) = (Int(roots[6 &* share]), Int(roots[7 &* share]))
        var isOpen = true
        while isOpen {
            for _ in 0..<Self.stepsPerLook {
                a = note(a, latest, row)
                b = note(b, latest, row)
                c = note(c, latest, row)
                d = note(d, latest, row)
                e = note(e, latest, row)
                f = note(f, latest, row)
                g = note(g, latest, row)
                h = note(h, latest, row)
            }
            let first = (a ^ circle) | (b ^ circle) | (c ^ circle) | (d ^ circle)
            isOpen = first | (e ^ circle) | (f ^ circle) | (g ^ circle) | (h ^ circle) != 0
        }
    }

    /// One step through trees that notes where it was.
    @inline(__always)
    private func note(_ place: Int, _ latest: UnsafeMutablePointer<Stored>, _ row: UnsafePointer<Stored>) -> Int {
        let step = steps.start[place]
        latest[Int(step.tree)] = step.threshold
        return Int(step.low) &+ (row[Int(step.column)] <= step.threshold ? 0 : 1)
    }

    @inline(__always)
    private func next(_ place: Int, _ row: UnsafePointer<Stored>) -> Int {
        let step = steps.start + place
        return Int(step.pointee.low) &+ (row[Int(step.pointee.column)] <= step.pointee.threshold ? 0 : 1)
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
    @inline(__always)
    private func advance(_ place: inout Int, _ end: Int, _ row: UnsafePointer<Stored>) {
        let next = next(place, row)
        place = next == end ? place : next
    }

    /// Whether a walk can go on within its tree.
    @inline(__always)
    private func isBranch(_ place: Int, _ end: Int) -> Int {
        Int(steps.start[place].low) ^ (end &- 1)
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
            for _ in 0..<min(left, round) {
                advance(&a, end, rows)
                advance(&b, end, rows + width)
                advance(&c, end, rows + 2 &* width)
                advance(&d, end, rows + 3 &* width)
                advance(&e, end, rows + 4 &* width)
                advance(&f, end, rows + 5 &* width)
                advance(&g, end, rows + 6 &* width)
                advance(&h, end, rows + 7 &* width)
            }
            left &-= round
            round = Self.nextRounds
            var open = isBranch(a, end) | isBranch(b, end) | isBranch(c, end) | isBranch(d, end)
            open |= isBranch(e, end) | isBranch(f, end) | isBranch(g, end) | isBranch(h, end)
            if open == 0 { break }
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
