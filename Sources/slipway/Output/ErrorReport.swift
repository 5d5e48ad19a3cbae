import Foundation
import SlipwayData

/// An error as the command line shows it: each place on a line of its own, then what happened, then what to do.
struct ErrorReport: Sendable {
    /// The lines that say what is wrong, each with the place that leads it, if there is one.
    let lines: [(place: String?, message: String)]
    /// What to do about it.
    let hint: String?
    /// The bounded kind, for programs.
    let code: String

    /// Makes a report of any error.
    init(_ error: any Error) {
        switch error {
        case let error as ConfigurationError where !error.problems.isEmpty:
            let shown = error.problems.prefix(ConfigurationError.shownCountMax)
            let isCut = shown.count < error.problems.count
            let summary = isCut ? "\(error.summary), of which \(shown.count) are shown" : error.summary
            lines = shown.map { ("\($0.location)", $0.text) } + [(nil, summary)]
            (hint, code) = (error.hint, error.code)
        case let error as DataError:
            let place = error.location.map { "\($0)" }
            let message = place.map { error.message.trimmingPrefix("\($0): ") }.map(String.init) ?? error.message
            lines = [(place, message)]
            (hint, code) = (error.hint, error.code)
        case let error as any DescribedError:
            lines = [(nil, error.message)]
            (hint, code) = (error.hint, error.code)
        case let error as any LocalizedError:
            lines = [(nil, error.errorDescription ?? "\(error)")]
            (hint, code) = (error.recoverySuggestion, "failed")
        default:
            lines = [(nil, "\(error)")]
            (hint, code) = (nil, "failed")
        }
    }

    /// The report as text: `file:line:column: error: what`, `error: what`, `hint: what next`.
    func text(isColored: Bool = false) -> String {
        func styled(_ word: String, _ code: String) -> String { isColored ? "\u{1B}[\(code)m\(word)\u{1B}[0m" : word }
        let shown = lines.map { line in
            (line.place.map { "\($0): " } ?? "") + styled("error:", "1;31") + " \(line.message)\n"
        }
        return shown.joined() + (hint.map { styled("hint:", "1") + " \($0)\n" } ?? "")
    }

    /// The report for programs: `{"error": {"code", "message", "hint"?, "problems"?}}`.
    var document: JSONValue {
        var body: JSONObject = ["code": .string(code), "message": .string(lines.last?.message ?? "")]
        if let hint { body["hint"] = .string(hint) }
        let problems = lines.compactMap { line in
            line.place.map { JSONValue.object(["place": .string($0), "message": .string(line.message)]) }
        }
        if !problems.isEmpty { body["problems"] = .array(problems) }
        return .object(["error": .object(body)])
    }
}
