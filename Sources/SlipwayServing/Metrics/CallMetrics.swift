import Synchronization

/// What calls for predictions came to, by model, version, protocol, and code.
///
/// An answered call counts under the version that answered; a refused one under the version that answers now, and one
/// for a model that is not served under none: what callers make up never becomes a label.
package final class CallMetrics: Sendable {
    /// The most series; calls beyond them count under no model.
    static let seriesCountMax = 10_000

    private struct Subject: Hashable, Comparable {
        var model = ""
        var version: Int?
        var face: Call.Face

        var labels: [(name: String, value: String)] {
            [("model", model), ("version", version.map { "\($0)" } ?? ""), ("protocol", face.rawValue)]
        }

        static func < (left: Subject, right: Subject) -> Bool {
            (left.model, left.version ?? 0, left.face.rawValue) < (right.model, right.version ?? 0, right.face.rawValue)
        }
    }

    private struct Figures {
        var answeredCount = 0
        var refusals: [ServingError.Code: Int] = [:]
        var latencies = LatencyHistogram()
    }

    /// The code of a call that was answered.
    private static let answered = "ok"

    private let seriesCountMax: Int
    private let figures = Mutex<[Subject: Figures]>([:])

    init(seriesCountMax: Int = CallMetrics.seriesCountMax) { self.seriesCountMax = seriesCountMax }

    /// Counts an answered call.
    package func countAnswer(_ face: Call.Face, _ served: ServedModel, latency: Duration) {
        change(Subject(model: served.name, version: served.number, face: face)) { figures in
            figures.answeredCount += 1
            figures.latencies.add(seconds: latency / .seconds(1))
        }
    }

    /// Counts a call that was refused or failed.
    ///
    /// - Parameter model: The model that was called and its version; `nil` where there is no such model.
    package func countRefusal(
        _ face: Call.Face, _ model: (name: String, version: Int)?, code: ServingError.Code
    ) {
        change(Subject(model: model?.name ?? "", version: model?.version, face: face)) { figures in
            figures.refusals[code, default: 0] += 1
        }
    }

    private func change(_ subject: Subject, _ change: (inout Figures) -> Void) {
        figures.withLock { figures in
            let isKnown = figures.count < seriesCountMax || figures[subject] != nil
            change(&figures[isKnown ? subject : Subject(face: subject.face), default: Figures()])
        }
    }

    func write(to text: inout MetricsText) {
        let all = figures.withLock { $0 }.sorted { $0.key < $1.key }
        text.family("slipway_calls_total", .counter, "Calls for predictions, by model, version, protocol, and code.")
        for (subject, figures) in all {
            let codes = figures.refusals.map { ($0.key.rawValue, $0.value) } + [(Self.answered, figures.answeredCount)]
            for (code, count) in codes.sorted(by: { $0.0 < $1.0 }) where count > 0 {
                text.sample("slipway_calls_total", subject.labels + [("code", code)], count)
            }
        }
        text.family(
            "slipway_call_seconds", .histogram,
            "Time from the arrival of an answered call to its answer in the log, by model, version, and protocol.")
        for (subject, figures) in all where figures.answeredCount > 0 {
            figures.latencies.write("slipway_call_seconds", subject.labels, to: &text)
        }
    }
}
