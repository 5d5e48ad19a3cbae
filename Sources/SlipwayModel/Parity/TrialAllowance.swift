import SlipwayData

/// How many rows a trial makes: fewer where the model is slow, so that a trial ends in bounded time.
struct TrialAllowance: Equatable {
    /// The fewest rows, however slow the model is.
    static let rowCountMin = 40
    /// About how many rows are asked about for each row that is made: halving for its boundary, and comparing.
    private static let askingsPerRow = 24.0
    /// The rows of one measurement.
    private static let measuredRowCount = 16
    /// The measurements; the fastest one counts, since others were held up.
    private static let measurementCount = 3

    /// The most rows to make.
    let rowCount: Int

    /// The allowance of a fast model.
    static let full = TrialAllowance(rowCount: EdgeRows.countMax)

    /// Whether the model is too slow for all rows.
    var isShort: Bool { self != .full }

    private init(rowCount: Int) { self.rowCount = rowCount }

    /// The allowance for engines that answer a row in so many seconds, all of them together.
    init(budget: Duration, secondsPerRow: Double) {
        let rows = budget / .seconds(1) / max(secondsPerRow * Self.askingsPerRow, 1e-12)
        rowCount = Int(min(max(rows, Double(Self.rowCountMin)), Double(EdgeRows.countMax)))
    }

    /// Measures what a row costs.
    init(budget: Duration, models: [Model], row: [Value]) {
        let clock = ContinuousClock()
        let rows = Array(repeating: row, count: Self.measuredRowCount)
        var seconds = 0.0
        for model in models {
            let fastest = (0..<Self.measurementCount).map { _ in
                clock.measure { _ = try? model.predict(rows: rows) } / .seconds(1)
            }
            seconds += (fastest.min() ?? 0) / Double(Self.measuredRowCount)
        }
        self.init(budget: budget, secondsPerRow: seconds)
    }

    /// The part of a count that goes with the rows allowed; at least one.
    func share(of count: Int) -> Int { max(1, count * rowCount / EdgeRows.countMax) }
}
