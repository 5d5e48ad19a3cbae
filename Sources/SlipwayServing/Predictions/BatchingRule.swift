/// Whether predictions of several callers are made together, and how many rows at most.
///
/// It is decided when a version is loaded, from its measured pace: where what a call costs before its first row weighs
/// more than the row, and more than the way to another thread, rows that wait together are predicted together. Nobody
/// waits for others to come: what waits, waits because all threads are at work.
struct BatchingRule: Equatable, Sendable {
    /// What a call must cost before its first row, in seconds: several times what the way to another thread costs.
    static let fixedSecondsMin = 0.000_1
    /// The longest that predicting rows of several callers together may take, in seconds.
    static let togetherSecondsMax = 0.005
    /// The most rows that are predicted together.
    static let rowCountMax = 256

    /// The most rows that are predicted together; 1 where each caller's rows are predicted alone.
    let rowCount: Int

    /// Decides about a version.
    ///
    /// - Parameters:
    ///   - fixed: What a call costs before its first row, in seconds.
    ///   - perRow: What each row adds, in seconds.
    init(fixed: Double, perRow: Double) {
        guard fixed >= Self.fixedSecondsMin, fixed >= perRow else {
            rowCount = 1
            return
        }
        let fitting = (Self.togetherSecondsMax - fixed) / max(perRow, 1e-9)
        rowCount = max(1, Int(min(fitting, Double(Self.rowCountMax))))
    }

    /// Whether rows of several callers are predicted together.
    var isOn: Bool { rowCount > 1 }
}
