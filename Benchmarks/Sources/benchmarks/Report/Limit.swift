/// What takes the time of a row, judged from what was counted for it.
struct Limit {
    /// What a branch that was not foreseen costs: some fifteen cycles of a server core.
    static let branchMissNanoseconds = 5.0
    /// What a read costs that no cache holds.
    static let memoryReadNanoseconds = 80.0
    /// From this share of the time on, misses are what limits.
    private static let decidingShare = 0.4

    let work: Work?
    let events: EventCounts.PerRow
    let seconds: Double

    /// The figures and the verdict, as two sentences.
    var words: String { "\(figures). \(verdict)." }

    private var figures: String {
        var parts = ["\(Figure.number(events.instructions)) instructions"]
        if let trees = work?.trees, trees > 0, let splits = work?.splits, splits > 0 {
            parts[0] +=
                ", \(Figure.number(events.instructions / splits)) for each of the \(Figure.number(splits)) splits "
            parts[0] += "that a walk through \(Figure.number(Double(trees))) trees passes"
            parts.append("\(Figure.number(events.branchMisses / Double(trees))) unforeseen branches per tree")
        } else {
            if let products = work?.products, products > 0 {
                parts[0] += ", \(Figure.number(events.instructions / Double(products))) for each of the "
                parts[0] += "\(Figure.number(Double(products))) products"
            }
            parts.append("\(Figure.number(events.branchMisses)) unforeseen branches")
        }
        parts.append("\(Figure.number(events.cacheMisses)) reads from memory")
        return parts.joined(separator: ", ")
    }

    private var verdict: String {
        let nanoseconds = seconds * 1e9
        guard nanoseconds > 0 else { return "Nothing was timed" }
        let branches = events.branchMisses * Self.branchMissNanoseconds / nanoseconds
        let reads = events.cacheMisses * Self.memoryReadNanoseconds / nanoseconds
        let pace = "\(Figure.number(events.instructions / nanoseconds)) instructions per nanosecond"
        if reads >= Self.decidingShare, reads >= branches {
            return "Memory limits it: its reads account for \(Self.share(reads)) of the time"
        }
        if branches >= Self.decidingShare {
            return "Unforeseen branches limit it: they account for \(Self.share(branches)) of the time"
        }
        return "The number of instructions limits it, at \(pace): unforeseen branches account for "
            + "\(Self.share(branches)) of the time, reads from memory for \(Self.share(reads))"
    }

    /// An estimate above all of the time says that the assumed costs are too high here.
    private static func share(_ value: Double) -> String {
        value >= 1 ? "all" : value < 0.005 ? "nearly nothing" : "\(Int((value * 100).rounded())) %"
    }
}
