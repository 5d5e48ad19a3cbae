/// Small trees as bit masks, which find the leaves of one row in all trees at once.
///
/// The masks are those of ``TreeMasks``: every branch whose column is above its threshold takes the leaves of its low
/// side from its tree. For one row the branches of a column stand in the order of their thresholds, so that those that
/// the row is above are the first ones. What the first so many branches leave of all trees is noted beforehand, side by
/// side; a row joins one note per column in vectors, and applies only the branches behind the note one by one.
final class RowMasks: Sendable {
    /// The branches of one column.
    private struct Column: BitwiseCopyable {
        /// Where the ends of its branches by place begin.
        var firstEnd: Int32
        /// The first branch.
        var firstBranch: Int32
        /// The place above all thresholds.
        var lastPlace: Int32
        /// The first of its notes, counted from 1.
        var firstNote: Int32
        /// The note for NaN, counted from 1; 0 where NaN has the last place.
        var missingNote: Int32
    }

    /// The branches with masks as wide as the largest tree needs.
    private enum Form: Sendable {
        case eight(BranchList<UInt8>)
        case sixteen(BranchList<UInt16>)
        case thirtyTwo(BranchList<UInt32>)
        case sixtyFour(BranchList<UInt64>)
    }

    /// The masks of some trees side by side.
    private typealias Vector = SIMD16<UInt8>

    /// The vectors that are joined at a time; notes are filled up to a multiple of them.
    private static var stride: Int { 8 }
    /// The fewest branches from note to note.
    private static var leastInterval: Int { 64 }

    private let columns: FixedArray<Column>
    /// By column and place, how many branches have a threshold below.
    private let ends: FixedArray<UInt16>
    private let form: Form
    private let notes: FixedArray<Vector>
    /// The vectors of one note.
    private let vectorCount: Int
    /// The binary logarithm of the branches from note to note.
    private let intervalShift: Int
    private let firstLeaves: FixedArray<Int32>
    /// The estimated time that a row takes, in nanoseconds.
    let cost: Double

    /// Lays out trees.
    ///
    /// - Returns: `nil` when there are too many trees, or too many branches in a column.
    init?<Stored>(
        _ branches: [MaskBranch], _ trees: SplitTrees<Stored>, _ cuts: ColumnCuts<Stored>, _ ranks: ColumnRanks<Stored>
    ) {
        guard trees.treeCount < UInt16.max else { return nil }
        var leafCount = 0
        for tree in 0..<trees.treeCount {
            leafCount = max(leafCount, trees.firstLeaves[tree + 1] - trees.firstLeaves[tree])
        }
        let sorted = SortedBranches(branches, placeCounts: cuts.searches.map { $0.cuts.count + 1 })
        guard sorted.longest <= UInt16.max else { return nil }
        let width = Self.width(leafCount: leafCount)
        switch width {
        case 1: form = .eight(BranchList(sorted))
        case 2: form = .sixteen(BranchList(sorted))
        case 4: form = .thirtyTwo(BranchList(sorted))
        default: form = .sixtyFour(BranchList(sorted))
        }
        let strideBytes = Self.stride * Vector.scalarCount
        let vectorCount = (trees.treeCount * width + strideBytes - 1) / strideBytes * Self.stride
        // To join a note takes about as long as to apply so many branches: both parts of the work shall be alike.
        let interval = max(Self.leastInterval, vectorCount)
        // The power of two that is nearest: half of one lies as far away as three quarters of the next.
        let shift = Int.bitWidth - 1 - (interval + interval / 3).leadingZeroBitCount
        let (columns, noteCount) = Self.columns(sorted, cuts, intervalShift: shift)
        self.columns = FixedArray(columns)
        self.vectorCount = vectorCount
        intervalShift = shift
        ends = FixedArray(Self.counts(sorted))
        firstLeaves = FixedArray(trees.firstLeaves.map { Int32($0) })
        cost = TreeCost.rowMasks(
            treeCount: trees.treeCount, branchCount: branches.count, columnCount: columns.count,
            vectorCount: vectorCount, interval: 1 << shift, comparisonCount: ranks.comparisonCount)
        notes = FixedArray(repeating: Vector(repeating: .max), count: noteCount * vectorCount) { [form] notes in
            for column in columns {
                switch form {
                case .eight(let list): Self.note(column, sorted, list, shift, notes, vectorCount)
                case .sixteen(let list): Self.note(column, sorted, list, shift, notes, vectorCount)
                case .thirtyTwo(let list): Self.note(column, sorted, list, shift, notes, vectorCount)
                case .sixtyFour(let list): Self.note(column, sorted, list, shift, notes, vectorCount)
                }
            }
        }
    }

    /// The bytes of a mask.
    private static func width(leafCount: Int) -> Int {
        leafCount <= 8 ? 1 : leafCount <= 16 ? 2 : leafCount <= 32 ? 4 : 8
    }

    private static func columns<Stored>(
        _ sorted: SortedBranches, _ cuts: ColumnCuts<Stored>, intervalShift: Int
    ) -> (columns: [Column], noteCount: Int) {
        var columns: [Column] = []
        var noteCount = 0
        for (search, cut) in cuts.searches.enumerated() {
            let first = sorted.firstEnds[search]
            let count = Int(sorted.ends[first + cut.cuts.count] - sorted.ends[first]) >> intervalShift
            columns.append(
                Column(
                    firstEnd: Int32(first), firstBranch: sorted.ends[first], lastPlace: Int32(cut.cuts.count),
                    firstNote: Int32(noteCount + 1),
                    missingNote: cut.isLowered ? Int32(noteCount + count + 1) : 0))
            noteCount += count + (cut.isLowered ? 1 : 0)
        }
        return (columns, noteCount)
    }

    /// By column and place, the branches below within the column.
    private static func counts(_ sorted: SortedBranches) -> [UInt16] {
        var counts: [UInt16] = []
        counts.reserveCapacity(sorted.ends.count)
        for search in sorted.firstEnds.indices {
            let places = sorted.places(of: search)
            for place in places { counts.append(UInt16(sorted.ends[place] - sorted.ends[places.lowerBound])) }
        }
        return counts
    }

    /// Writes the notes of one column.
    private static func note<Word>(
        _ column: Column, _ sorted: SortedBranches, _ list: BranchList<Word>, _ intervalShift: Int,
        _ notes: UnsafeMutablePointer<Vector>, _ vectorCount: Int
    ) {
        let first = Int(column.firstEnd)
        let branches = Int(sorted.ends[first])..<Int(sorted.ends[first + Int(column.lastPlace)])
        list.note(
            branches, every: 1 << intervalShift, to: notes + (Int(column.firstNote) - 1) * vectorCount,
            noteByteCount: vectorCount * Vector.scalarCount)
        guard column.missingNote > 0 else { return }
        list.note(
            branches.lazy.filter { !sorted.branches[$0].isLowered },
            to: notes + (Int(column.missingNote) - 1) * vectorCount)
    }
}

extension RowMasks {
    /// The number of trees.
    var treeCount: Int { firstLeaves.count &- 1 }

    /// The memory that ``find(row:ranks:scratch:)`` needs, in bytes.
    var scratchByteCount: Int {
        vectorCount &* MemoryLayout<Vector>.stride
            &+ columns.count &* (MemoryLayout<UnsafePointer<Vector>>.stride &+ MemoryLayout<BranchRun>.stride)
            &+ treeCount &* MemoryLayout<Int32>.stride
    }

    /// The leaves that one row reaches in all trees.
    ///
    /// - Parameters:
    ///   - row: The columns.
    ///   - ranks: The thresholds of the columns.
    ///   - scratch: ``scratchByteCount`` bytes, aligned for vectors.
    /// - Returns: The number of a leaf of each tree, within the scratch memory.
    func find<Stored>(
        row: UnsafePointer<Stored>, ranks: ColumnRanks<Stored>, scratch: UnsafeMutableRawPointer
    ) -> UnsafePointer<Int32> {
        let left = scratch.assumingMemoryBound(to: Vector.self)
        let afterVectors = scratch + vectorCount &* MemoryLayout<Vector>.stride
        let joined = afterVectors.assumingMemoryBound(to: UnsafePointer<Vector>.self)
        let afterJoined = afterVectors + columns.count &* MemoryLayout<UnsafePointer<Vector>>.stride
        let rests = afterJoined.assumingMemoryBound(to: BranchRun.self)
        let afterRests = afterJoined + columns.count &* MemoryLayout<BranchRun>.stride
        let leaves = afterRests.assumingMemoryBound(to: Int32.self)
        join(look(at: row, ranks, joined, rests), into: left)
        switch form {
        case .eight(let list): finish(list, leaves, rests, scratch)
        case .sixteen(let list): finish(list, leaves, rests, scratch)
        case .thirtyTwo(let list): finish(list, leaves, rests, scratch)
        case .sixtyFour(let list): finish(list, leaves, rests, scratch)
        }
        return UnsafePointer(leaves)
    }

    /// Finds the note of each column and the branches behind it.
    ///
    /// - Returns: The notes.
    @inline(__always)
    private func look<Stored>(
        at row: UnsafePointer<Stored>, _ ranks: ColumnRanks<Stored>,
        _ joined: UnsafeMutablePointer<UnsafePointer<Vector>>, _ rests: UnsafeMutablePointer<BranchRun>
    ) -> UnsafeBufferPointer<UnsafePointer<Vector>> {
        let (columns, ends, notes) = (columns.start, ends.start, notes.start)
        var count = 0
        for index in 0..<self.columns.count {
            let column = columns[index]
            let (found, isMissing) = ranks.place(search: index, row: row)
            let below = Int(ends[Int(column.firstEnd) &+ min(found, Int(column.lastPlace))])
            let passed = below &>> intervalShift
            if isMissing, column.missingNote > 0 {
                joined[count] = notes + Int(column.missingNote &- 1) &* vectorCount
                rests[index] = BranchRun(start: 0, end: 0)
                count &+= 1
            } else {
                rests[index] = BranchRun(
                    start: column.firstBranch &+ Int32(truncatingIfNeeded: passed &<< intervalShift),
                    end: column.firstBranch &+ Int32(truncatingIfNeeded: below))
                guard passed > 0 else { continue }
                joined[count] = notes + (Int(column.firstNote) &+ passed &- 2) &* vectorCount
                count &+= 1
            }
        }
        return UnsafeBufferPointer(start: joined, count: count)
    }

    /// Sets the masks of all trees to what all notes leave.
    @inline(__always)
    private func join(_ notes: UnsafeBufferPointer<UnsafePointer<Vector>>, into left: UnsafeMutablePointer<Vector>) {
        for first in Swift.stride(from: 0, to: vectorCount, by: Self.stride) {
            let full = Vector(repeating: .max)
            var (a, b, c, d, e, f, g, h) = (full, full, full, full, full, full, full, full)
            for index in 0..<notes.count {
                let note = notes[index] + first
                a &= note[0]
                b &= note[1]
                c &= note[2]
                d &= note[3]
                e &= note[4]
                f &= note[5]
                g &= note[6]
                h &= note[7]
            }
            let left = left + first
            (left[0], left[1], left[2], left[3]) = (a, b, c, d)
            (left[4], left[5], left[6], left[7]) = (e, f, g, h)
        }
    }

    @inline(__always)
    private func finish<Word>(
        _ list: BranchList<Word>, _ leaves: UnsafeMutablePointer<Int32>, _ rests: UnsafePointer<BranchRun>,
        _ left: UnsafeMutableRawPointer
    ) {
        list.apply(rests, count: columns.count, to: left)
        list.pick(leaves, from: left, firstLeaves.start, treeCount: treeCount)
    }
}
