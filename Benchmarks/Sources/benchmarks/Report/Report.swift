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
    /// Files of LightGBM and XGBoost that Slipway reads as they are, each beside the library whose file it is.
    var files: [Comparison] = []
    /// The contributions of fields to the scores of such files.
    var explanations: [Comparison] = []
    /// The fixtures, in the order of their names.
    var fixtures: [Comparison] = []
}
