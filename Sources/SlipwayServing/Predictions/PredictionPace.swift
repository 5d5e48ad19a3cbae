import SlipwayData
import SlipwayModel
import Synchronization

/// How long a version takes to predict, measured when it is loaded and with every call.
///
/// A call of n rows takes `fixed + n · perRow` seconds; the two are measured at load, and how the version does compared
/// with them is followed as it serves.
final class PredictionPace: Sendable {
    /// The rows that are predicted together to learn what one more costs.
    static let measuredRowCount = 16
    /// How often each is measured; the fastest counts, for whatever else runs can only add to it.
    static let roundCount = 3
    /// How much the latest call counts against those before it.
    static let weight = 0.1
    /// What a call may at most count as, against what was expected of it: a thread that had to wait is no slow model.
    static let surpriseMax = 2.0

    private struct State {
        var fixed = 0.0
        var perRow = 0.0
        var scale = 1.0
    }

    private let state: Mutex<State>

    /// Makes the pace of a version that was not measured; the first call tells it.
    init() { state = Mutex(State()) }

    /// Makes a pace from what calls of one row and of ``measuredRowCount`` rows took, in seconds.
    init(one: Double, many: Double) {
        let perRow = max(0, min((many - one) / Double(Self.measuredRowCount - 1), one))
        state = Mutex(State(fixed: max(0, one - perRow), perRow: perRow))
    }

    /// Measures a loaded model on rows that it can predict.
    ///
    /// - Throws: ``ModelError`` when it cannot.
    static func measured(_ model: Model, on rows: [[Value]]) throws(ModelError) -> PredictionPace {
        guard let first = rows.first else { return PredictionPace() }
        let many = (0..<measuredRowCount).map { rows[$0 % rows.count] }
        return PredictionPace(one: try seconds(of: model, on: [first]), many: try seconds(of: model, on: many))
    }

    /// The expected time of a call, in seconds; infinite while nothing is known.
    func expectedSeconds(rows: Int) -> Double {
        let seconds = state.withLock { $0.scale * ($0.fixed + $0.perRow * Double(rows)) }
        return seconds > 0 ? seconds : .infinity
    }

    /// What a call costs before its first row, and what each row adds, in seconds.
    var cost: (fixed: Double, perRow: Double) { state.withLock { ($0.fixed, $0.perRow) } }

    /// Notes what a call took.
    func observe(rows: Int, seconds: Double) {
        state.withLock { state in
            let expected = state.fixed + state.perRow * Double(rows)
            guard expected > 0 else {
                state.perRow = seconds / Double(max(1, rows))
                return
            }
            let ratio = min(seconds / expected, Self.surpriseMax * state.scale)
            state.scale += Self.weight * (ratio - state.scale)
        }
    }

    private static func seconds(of model: Model, on rows: [[Value]]) throws(ModelError) -> Double {
        var fastest = Double.infinity
        for _ in 0..<roundCount {
            let begin = ContinuousClock.now
            _ = try model.predict(rows: rows)
            fastest = min(fastest, (ContinuousClock.now - begin) / .seconds(1))
        }
        return fastest
    }
}
