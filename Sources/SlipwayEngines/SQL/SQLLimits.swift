/// The bounds of what is written as SQL.
enum SQLLimits {
    /// The largest text, in bytes; databases plan statements of this size in seconds, and much larger ones not at all.
    static let byteCount = 16 << 20
    /// The most expressions of one compilation, before those that nothing reads are left out.
    static let expressionCount = 4_000_000
    /// The most elements of one value inside the graph, for two rows.
    static let elementCount = 1 << 20
}
