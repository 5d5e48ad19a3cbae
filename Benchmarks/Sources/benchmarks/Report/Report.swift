/// All that a run measured.
struct Report: Codable, Sendable {
    /// Where and with what.
    var machine: Machine
    /// The rounds of every race.
    var rounds: Int
    /// The tool that counted events, or `nil` when none was asked for or works here.
    var counter: String?
    /// The generated models, in the order they were asked for.
    var subjects: [Comparison] = []
    /// The fixtures, in the order of their names.
    var fixtures: [Comparison] = []
}
