/// What a contender does for one row, counted and not timed, so that a busy machine changes nothing.
struct EventCounts: Codable, Sendable {
    /// What happened for a row.
    struct PerRow: Codable, Sendable {
        /// Instructions.
        var instructions: Double
        /// Branches that were not foreseen.
        var branchMisses: Double
        /// Reads and writes that the last cache did not hold.
        var cacheMisses: Double
    }

    /// In one call for the batch.
    var batch: PerRow
    /// In one call per row.
    var single: PerRow
}
