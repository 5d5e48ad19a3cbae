/// Branches of small trees in the order of columns and thresholds, with masks of a width that holds every tree.
final class BranchList<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable>: Sendable {
    private let trees: FixedArray<UInt16>
    /// The leaves that each branch leaves of its tree.
    private let masks: FixedArray<Word>

    init(_ sorted: SortedBranches) {
        trees = FixedArray(sorted.branches.map { UInt16(truncatingIfNeeded: $0.tree) })
        masks = FixedArray(sorted.branches.map { ~Word(truncatingIfNeeded: $0.leaves) })
    }

    /// Applies branches one by one to the masks of all trees.
    @inline(__always)
    func apply(_ runs: UnsafePointer<BranchRun>, count: Int, to left: UnsafeMutableRawPointer) {
        let left = left.assumingMemoryBound(to: Word.self)
        for index in 0..<count {
            let run = runs[index]
            var branch = Int(run.start)
            let end = Int(run.end)
            while branch < end {
                left[Int(trees.start[branch])] &= masks.start[branch]
                branch &+= 1
            }
        }
    }

    /// The first leaf that is left of each tree.
    @inline(__always)
    func pick(
        _ leaves: UnsafeMutablePointer<Int32>, from left: UnsafeRawPointer, _ firstLeaves: UnsafePointer<Int32>,
        treeCount: Int
    ) {
        let left = left.assumingMemoryBound(to: Word.self)
        for tree in 0..<treeCount {
            // A bit above those of the mask spares the processor the question whether there is any.
            let bits = UInt64(truncatingIfNeeded: left[tree]) | (1 &<< 63)
            leaves[tree] = firstLeaves[tree] &+ Int32(truncatingIfNeeded: bits.trailingZeroBitCount)
        }
    }

    /// Writes the notes of one column: what its branches leave, after every so many of them.
    ///
    /// - Parameters:
    ///   - notes: Where the first note begins; all bits are set.
    ///   - noteByteCount: The bytes of a note.
    func note(
        _ branches: Range<Int>, every interval: Int, to notes: UnsafeMutableRawPointer, noteByteCount: Int
    ) {
        guard branches.count >= interval else { return }
        for (number, branch) in branches.prefix(branches.count / interval * interval).enumerated() {
            let note = notes + number / interval * noteByteCount
            if number > 0, number % interval == 0 {
                note.copyMemory(from: note - noteByteCount, byteCount: noteByteCount)
            }
            note.assumingMemoryBound(to: Word.self)[Int(trees.start[branch])] &= masks.start[branch]
        }
    }

    /// Writes what some branches leave.
    func note(_ branches: some Sequence<Int>, to note: UnsafeMutableRawPointer) {
        let left = note.assumingMemoryBound(to: Word.self)
        for branch in branches { left[Int(trees.start[branch])] &= masks.start[branch] }
    }
}

/// Some branches one after another.
struct BranchRun: BitwiseCopyable {
    var start: Int32
    var end: Int32
}
