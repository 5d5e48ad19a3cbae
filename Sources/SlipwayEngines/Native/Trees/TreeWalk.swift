/// Trees as small nodes in one array, for walks without any branch that depends on data.
///
/// The two sides of a branch stand side by side, so that the outcome of its comparison is added to a place. A leaf
/// leads to itself, so that walks of different length can run in step. Eight walks go at a time, since each waits
/// for memory most of its time.
struct TreeWalk<Stored: TreeScalar>: Sendable {
    private struct Step: BitwiseCopyable {
        /// The threshold of a branch; of a leaf its number inside a NaN.
        var threshold: Stored
        /// The column that a branch reads; 0 for a leaf.
        var column: UInt32
        /// The place of the low side, before that of the high one; of a leaf the place before its own.
        var low: Int32
    }

    /// Walks in step.
    private static var lanes: Int { 8 }
    /// Steps until the first look whether all walks ended; few leaves lie as deep as the deepest one.
    private static var firstRound: Int { 5 }
    /// Steps from then on from look to look.
    private static var nextRounds: Int { 2 }

    private let steps: FixedArray<Step>
    private let roots: FixedArray<Int32>
    private let depths: FixedArray<Int32>

    /// The number of trees.
    var treeCount: Int { roots.count }

    /// Lays out trees.
    init(_ trees: SplitTrees<Stored>) {
        var steps: [Step] = []
        var roots: [Int32] = []
        steps.reserveCapacity(trees.nodes.count)
        for tree in 0..<trees.treeCount {
            roots.append(Int32(steps.count))
            Self.add(trees, tree, to: &steps)
        }
        self.steps = FixedArray(steps)
        self.roots = FixedArray(roots)
        depths = FixedArray(trees.depths.map { Int32($0) })
    }

    private static func add(_ trees: SplitTrees<Stored>, _ tree: Int, to steps: inout [Step]) {
        var leaf = trees.firstLeaves[tree]
        var open = [(node: trees.firstNodes[tree], place: steps.count)]
        steps.append(Step(threshold: 0, column: 0, low: 0))
        while let (index, place) = open.popLast() {
            let node = trees.nodes[index]
            if node.isLeaf {
                steps[place] = Step(threshold: Stored(leaf: leaf), column: 0, low: Int32(place) - 1)
                leaf += 1
            } else {
                steps[place] = Step(
                    threshold: node.threshold, column: UInt32(node.column), low: Int32(steps.count))
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
    ///   - rows: The columns, each row `width` apart.
    ///   - leaves: Room for the numbers of `rowCount` leaves.
    func find(
        _ leaves: UnsafeMutablePointer<Int32>, tree: Int, rows: UnsafePointer<Stored>, width: Int, rowCount: Int
    ) {
        let root = Int(roots.start[tree])
        let depth = Int(depths.start[tree])
        var row = 0
        while row &+ Self.lanes <= rowCount {
            walkEight(
                leaves + row, roots: (root, root, root, root, root, root, root, root), depth: depth,
                rows: rows + row &* width, width: width)
            row &+= Self.lanes
        }
        while row < rowCount {
            leaves[row] = walkOne(from: root, row: rows + row &* width)
            row &+= 1
        }
    }

    /// The leaves that one row reaches in all trees.
    ///
    /// - Parameters:
    ///   - row: The columns.
    ///   - leaves: Room for the number of a leaf of each tree.
    func find(_ leaves: UnsafeMutablePointer<Int32>, row: UnsafePointer<Stored>) {
        var tree = 0
        let (roots, depths) = (roots.start, depths.start)
        while tree &+ Self.lanes <= treeCount {
            var depth: Int32 = 0
            for lane in 0..<Self.lanes { depth = max(depth, depths[tree &+ lane]) }
            let first = roots + tree
            walkEight(
                leaves + tree,
                roots: (
                    Int(first[0]), Int(first[1]), Int(first[2]), Int(first[3]), Int(first[4]), Int(first[5]),
                    Int(first[6]), Int(first[7])
                ), depth: Int(depth), rows: row, width: 0)
            tree &+= Self.lanes
        }
        while tree < treeCount {
            leaves[tree] = walkOne(from: Int(roots[tree]), row: row)
            tree &+= 1
        }
    }

    @inline(__always)
    private func walkOne(from root: Int, row: UnsafePointer<Stored>) -> Int32 {
        var place = root
        while true {
            let next = step(place, row)
            if next == place { return Int32(truncatingIfNeeded: steps.start[place].threshold.leaf) }
            place = next
        }
    }

    @inline(__always)
    private func step(_ place: Int, _ row: UnsafePointer<Stored>) -> Int {
        let step = steps.start + place
        return Int(step.pointee.low) &+ (row[Int(step.pointee.column)] <= step.pointee.threshold ? 0 : 1)
    }

    /// Takes a step and returns a number that is 0 if it led nowhere.
    @inline(__always)
    private func advance(_ place: inout Int, _ row: UnsafePointer<Stored>) -> Int {
        let next = step(place, row)
        defer { place = next }
        return next ^ place
    }

    @inline(__always)
    private func leaf(_ place: Int) -> Int32 { Int32(truncatingIfNeeded: steps.start[place].threshold.leaf) }

    @inline(__always)
    private func walkEight(
        _ leaves: UnsafeMutablePointer<Int32>, roots: (Int, Int, Int, Int, Int, Int, Int, Int), depth: Int,
        rows: UnsafePointer<Stored>, width: Int
    ) {
        var (a, b, c, d, e, f, g, h) = roots
        var left = depth
        var round = Self.firstRound
        while left > 0 {
            for _ in 1..<min(left, round) {
                a = step(a, rows)
                b = step(b, rows + width)
                c = step(c, rows + 2 &* width)
                d = step(d, rows + 3 &* width)
                e = step(e, rows + 4 &* width)
                f = step(f, rows + 5 &* width)
                g = step(g, rows + 6 &* width)
                h = step(h, rows + 7 &* width)
            }
            var moved = advance(&a, rows)
            moved |= advance(&b, rows + width)
            moved |= advance(&c, rows + 2 &* width)
            moved |= advance(&d, rows + 3 &* width)
            moved |= advance(&e, rows + 4 &* width)
            moved |= advance(&f, rows + 5 &* width)
            moved |= advance(&g, rows + 6 &* width)
            moved |= advance(&h, rows + 7 &* width)
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
}
