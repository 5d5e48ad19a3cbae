/// How rows are sent through trees.
enum TreePath: Sendable, CaseIterable {
    /// Whichever way is estimated to be faster.
    case automatic
    /// All by walks.
    case walks
    /// All by masks of blocks of rows.
    case masks
    /// All by masks of one row.
    case rowMasks
}
