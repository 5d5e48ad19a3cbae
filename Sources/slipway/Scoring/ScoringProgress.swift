import SlipwayData
import Synchronization

/// Shows how far scoring is: in place on a terminal, a line every ten seconds elsewhere.
final class ScoringProgress: Sendable {
    private static let pauseOnTerminal = Duration.milliseconds(200)
    private static let pauseElsewhere = Duration.seconds(10)

    private let started = ContinuousClock.now
    private let isInteractive = Terminal.isInteractive(.error)
    private let shown: Mutex<ContinuousClock.Instant>

    /// Starts the clock.
    init() { shown = Mutex(started) }

    /// Shows the rows done, if it is time to.
    ///
    /// - Parameter total: All rows, where that is known.
    func report(_ done: Int, of total: Int?) {
        let now = ContinuousClock.now
        let isTime = shown.withLock { shown in
            guard now - shown >= (isInteractive ? Self.pauseOnTerminal : Self.pauseElsewhere) else { return false }
            shown = now
            return true
        }
        guard isTime else { return }
        let rate = Double(done) / max((now - started) / .seconds(1), 1e-9)
        var text = "\(CountText.text(done))"
        if let total { text += " of \(CountText.text(total))" }
        text += " rows, \(CountText.text(Int(rate)))/s"
        if let total { text += ", \(HumanText.duration(.seconds(Double(total - done) / max(rate, 1e-9)))) left" }
        try? Terminal.write(isInteractive ? "\r\(text)\u{1B}[K" : text + "\n", to: .error)
    }

    /// Clears the line.
    func end() {
        if isInteractive, shown.withLock({ $0 }) > started { try? Terminal.write("\r\u{1B}[K", to: .error) }
    }
}
