import SlipwayData
import SlipwayPipelines

/// Runs as people and programs read them.
enum RunText {
    /// The characters of a result or an error in a table.
    private static let wordsMax = 60

    /// A table of runs.
    static func table(of runs: [Run], in store: Platform.Runs) throws -> String {
        let columns: [TextTable.Column] = [
            "id", "job", "due", "state", .number("attempts"), "holder", "what came of it",
        ]
        let rows = try runs.map { run in
            [
                run.id, "\(run.job.kind.rawValue) \(run.job.name)", run.dueAt.description, try store.word(for: run),
                "\(run.attemptCount)", run.state == .running ? run.holder ?? "" : "", words(of: run),
            ]
        }
        return TextTable(columns, rows: rows).text
    }

    /// A run with all that is known of it, a line for each thing.
    static func text(of run: Run, in store: Platform.Runs) throws -> String {
        let lines: [(String, String?)] = [
            ("run", run.id), ("job", "\(run.job)"), ("state", try store.word(for: run)), ("due", run.dueAt.description),
            ("wanted by", run.origin == .schedule ? "its schedule" : "a person"), ("made", run.madeAt.description),
            ("attempts", "\(run.attemptCount)"), ("holder", run.holder), ("started", run.startedAt?.description),
            ("lease until", run.leaseEnd?.description),
            ("not before", run.state == .waiting ? run.availableAt.description : nil),
            ("ended", run.endedAt?.description), ("result", run.result), ("error", run.error),
        ]
        return lines.compactMap { line in line.1.map { line.0 + ":" + padding(line.0) + $0 } }.joined(separator: "\n")
    }

    /// A run as a JSON document.
    static func json(of run: Run, in store: Platform.Runs) throws -> JSONValue {
        var members: JSONObject = [
            "id": .string(run.id), "kind": .string(run.job.kind.rawValue), "job": .string(run.job.name),
            "environment": .string(run.job.environment), "due": .string(run.dueAt.description),
            "origin": .string(run.origin.rawValue), "made": .string(run.madeAt.description),
            "state": .string(try store.word(for: run)), "attempts": .integer(Int64(run.attemptCount)),
        ]
        if run.state == .waiting { members["not_before"] = .string(run.availableAt.description) }
        members["holder"] = run.holder.map(JSONValue.string)
        members["lease_until"] = run.leaseEnd.map { .string($0.description) }
        members["started"] = run.startedAt.map { .string($0.description) }
        members["ended"] = run.endedAt.map { .string($0.description) }
        members["result"] = run.result.map(JSONValue.string)
        members["error"] = run.error.map(JSONValue.string)
        return .object(members)
    }

    private static func words(of run: Run) -> String {
        let words = (run.state == .done ? run.result : run.error) ?? ""
        return words.count > wordsMax ? words.prefix(wordsMax) + " …" : words
    }

    private static func padding(_ label: String) -> String { String(repeating: " ", count: 13 - label.count) }
}
