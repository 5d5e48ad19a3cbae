/// Why something cannot be measured.
struct BenchmarkProblem: Error, CustomStringConvertible {
    /// The reason, as it stands below a table.
    let description: String

    /// States a reason.
    init(_ description: String) { self.description = description }
}
