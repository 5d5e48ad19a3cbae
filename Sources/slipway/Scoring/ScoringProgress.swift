import SlipwayData

/// Shows how far scoring is: in place on a terminal, a line every ten seconds elsewhere.
final class ScoringProgress {
    private static let pauseOnTerminal = Duration.milliseconds(200)
    private static let pauseElsewhere = Duration.seconds(10)

    private let total: Int
    private let started = ContinuousClock.now
    private let isInteractive = Terminal.isInteractive(.error)
    private var shown = ContinuousClock.now

    /// Starts the clock over a number of rows.
    init(total: Int) {
        self.total = total
    }

    /// Shows the rows done, if it is time to.
    func report(_ done: Int) {
        let now = ContinuousClock.now
        guard now - shown >= (isInteractive ? Self.pauseOnTerminal : Self.pauseElsewhere) else { return }
        shown = now
        let seconds = (now - started) / .seconds(1)
        let rate = Double(done) / max(seconds, 1e-9)
        let left = HumanText.duration(.seconds(Double(total - done) / max(rate, 1e-9)))
        let text =
            "\(CountText.text(done)) of \(CountText.text(total)) rows, \(CountText.text(Int(rate)))/s, \(left) left"
        try? Terminal.write(isInteractive ? "\r\(text)\u{1B}[K" : text + "\n", to: .error)
    }

    deinit {
        if isInteractive, shown > started { try? Terminal.write("\r\u{1B}[K", to: .error) }
    }
}
