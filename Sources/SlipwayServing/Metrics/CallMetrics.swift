import SlipwayMonitoring
import Synchronization

/// What calls for predictions came to, by model, version, role, protocol, and code: the one count of them.
///
/// An answered call counts under the version that answered, and one that a version failed on under that version. Any
/// other refused one counts under the champion, and one for a model that is not served under none: what callers make
/// up never becomes a label. Where a key parts the rows of a call between two versions, each counts its part.
package final class CallMetrics: Sendable {
    /// The most versions and roles that are told apart; calls of further ones count under no model.
    static let tallyCountMax = 2_000

    private struct Subject: Hashable, Comparable {
        var model = ""
        var version: Int?
        var role = PredictionRecord.Role.champion

        static func < (left: Subject, right: Subject) -> Bool {
            (left.model, left.version ?? 0, left.role.rawValue) < (right.model, right.version ?? 0, right.role.rawValue)
        }

        func labels(_ face: Call.Face) -> [(name: String, value: String)] {
            [
                ("model", model), ("version", version.map { "\($0)" } ?? ""),
                ("role", version == nil ? "" : role.rawValue), ("protocol", face.rawValue),
            ]
        }
    }

    /// The code of a call that was answered.
    private static let answered = "ok"

    private let tallyCountMax: Int
    private let tallies = Mutex<[Subject: CallTally]>([:])
    /// The calls that count under no model.
    private let nameless = CallTally()

    init(tallyCountMax: Int = CallMetrics.tallyCountMax) { self.tallyCountMax = tallyCountMax }

    /// Counts what came of a call, or of its rows that a version was given.
    func count(_ outcome: CallOutcome, of served: ServedModel, by face: Call.Face) {
        tally(of: served).count(outcome, by: face, isPinned: served.isPinned)
    }

    /// Counts a call that was refused before any version was given it.
    ///
    /// - Parameter model: The model that was called and its champion; `nil` where there is no such model.
    package func countRefusal(
        _ face: Call.Face, _ model: (name: String, version: Int)?, code: ServingError.Code, latency: Duration
    ) {
        let called = model.map { tally(Subject(model: $0.name, version: $0.version)) } ?? nameless
        called.count(.refused(code, latency: latency), by: face)
    }

    /// What a version is asked in its role.
    package func tally(of served: ServedModel) -> CallTally {
        tally(Subject(model: served.name, version: served.number, role: served.role))
    }

    /// What a version of a model is asked as the champion or as a challenger that is tried, also beyond the limit: a
    /// trial that saw nothing would never end.
    func tally(of model: String, version: Int, as role: PredictionRecord.Role) -> CallTally {
        tally(Subject(model: model, version: version, role: role), isAlwaysOwn: true)
    }

    /// The figures of a version's answers to callers, in all its roles.
    package func figures(of model: String, version: Int) -> CallFigures {
        let roles = tallies.withLock { tallies in
            PredictionRecord.Role.allCases.filter { $0 != .shadow }.compactMap {
                tallies[Subject(model: model, version: version, role: $0)]
            }
        }
        return roles.reduce(into: CallFigures()) { $0 += $1.total }
    }

    private func tally(_ subject: Subject, isAlwaysOwn: Bool = false) -> CallTally {
        tallies.withLock { tallies in
            if let known = tallies[subject] { return known }
            guard isAlwaysOwn || tallies.count < tallyCountMax else { return nameless }
            let tally = CallTally()
            tallies[subject] = tally
            return tally
        }
    }

    func write(to text: inout MetricsText) {
        let tallies = tallies.withLock { $0 }.sorted { $0.key < $1.key }
        let all = ([(Subject(), nameless)] + tallies).flatMap { subject, tally in
            tally.byFace.sorted { $0.key.rawValue < $1.key.rawValue }.map { (subject.labels($0.key), $0.value) }
        }
        text.family(
            "slipway_calls_total", .counter, "Calls for predictions, by model, version, role, protocol, and code.")
        for (labels, figures) in all {
            let codes =
                figures.refusals.map { ($0.key.rawValue, $0.value) } + [(Self.answered, figures.successes.count)]
            for (code, count) in codes.sorted(by: { $0.0 < $1.0 }) where count > 0 {
                text.sample("slipway_calls_total", labels + [("code", code)], count)
            }
        }
        text.family(
            "slipway_call_seconds", .histogram, "Time from the arrival of an answered call to its answer in the log.")
        for (labels, figures) in all where figures.successes.count > 0 {
            figures.latencies.write("slipway_call_seconds", labels, to: &text)
        }
        for (name, help, count) in [
            ("slipway_predictions_total", "Rows predicted and logged.", \CallFigures.rowCount),
            ("slipway_calls_cached_total", "Calls answered from the cache.", \.cachedCount),
            ("slipway_calls_dropped_total", "Calls that a shadow was not shown under pressure.", \.droppedCount),
        ] {
            text.family(name, .counter, help)
            for (labels, figures) in all where figures[keyPath: count] > 0 {
                text.sample(name, labels, figures[keyPath: count])
            }
        }
    }
}
