public import SlipwayData
public import SlipwayModel

/// Reads the outcomes that a caller sends or a file holds.
///
/// A record has
/// - `id`, the prediction's, or `key`, or the name of the model's key column;
/// - `actual`, or the name of the model's target: a class, a number, or a truth value;
/// - optionally `time`, by RFC 3339: when the outcome came true, if not just now.
public enum FeedbackParser {
    /// The most records of one call.
    public static let recordCountMax = 1_000_000

    /// The longest key, in bytes.
    public static let keyByteCountMax = 1_024

    private static let subjectNames = ["id", "key"]
    private static let outcomeName = "actual"
    private static let timeName = "time"

    /// Reads one object, a list of objects, or `{"records": […]}`.
    ///
    /// - Parameters:
    ///   - document: What was sent.
    ///   - key: The name of the model's key column, if it has one.
    ///   - task: What the model predicts, if it is known: the name of its target, and the outcomes that can be.
    ///   - received: When it was received.
    /// - Throws: ``LogError`` of kind `malformed` that names the record, counted from 1, and the field;
    ///   `signatureMismatch` for an outcome that the model cannot predict; `limitExceeded` for more than
    ///   ``recordCountMax`` records.
    public static func records(
        of document: JSONValue, key: String? = nil, task: Signature.Task? = nil, received: Timestamp = .now()
    ) throws(LogError) -> [FeedbackRecord] {
        switch document {
        case .object(let object):
            if object.members.count == 1, case .array(let items)? = object["records"] {
                return try records(in: items, key, task, received)
            }
            return [try record(of: object, place: "the feedback", key, task, received)]
        case .array(let items):
            return try records(in: items, key, task, received)
        default:
            throw LogError(
                .malformed, "feedback is an object or a list of objects, not \(document.kindPhrase)",
                hint: "Send {\"id\": …, \"actual\": …}.")
        }
    }

    /// Reads a table, one record per row; columns that feedback does not know are passed over.
    ///
    /// - Throws: ``LogError`` of kind `malformed` that names the line, counted from 1 with the header, and the column;
    ///   `signatureMismatch` for an outcome that the model cannot predict.
    public static func records(
        of table: Table, key: String? = nil, task: Signature.Task? = nil, received: Timestamp = .now()
    ) throws(LogError) -> [FeedbackRecord] {
        try checkCount(table.rowCount)
        let subjectNames = subjectNames(key)
        let outcomeNames = outcomeNames(task?.target)
        let subjects = subjectNames.compactMap { table[$0] }
        guard !subjects.isEmpty else { throw missingColumn(subjectNames, in: table) }
        guard let outcomes = outcomeNames.lazy.compactMap({ table[$0] }).first else {
            throw missingColumn(outcomeNames, in: table)
        }
        let times = table[timeName]
        var records: [FeedbackRecord] = []
        records.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            let place = "line \(row + 2)"
            guard let named = subjects.first(where: { !$0[row].isMissing }) else {
                throw absent(subjectNames, place)
            }
            records.append(
                FeedbackRecord(
                    subject: try subject(named[row], named: named.name, place, key),
                    actual: try outcome(outcomes[row], named: outcomes.name, place, task), time: received,
                    observed: try times.flatMap { (times) throws(LogError) in try time(times[row], place) }))
        }
        return records
    }

    private static func records(
        in items: [JSONValue], _ key: String?, _ task: Signature.Task?, _ received: Timestamp
    ) throws(LogError) -> [FeedbackRecord] {
        try checkCount(items.count)
        var records: [FeedbackRecord] = []
        records.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            let place = "record \(index + 1)"
            guard case .object(let object) = item else {
                throw LogError(.malformed, "\(place) is \(item.kindPhrase), not an object")
            }
            records.append(try record(of: object, place: place, key, task, received))
        }
        return records
    }

    private static func record(
        of object: JSONObject, place: String, _ key: String?, _ task: Signature.Task?, _ received: Timestamp
    ) throws(LogError) -> FeedbackRecord {
        let subjectNames = subjectNames(key)
        let outcomeNames = outcomeNames(task?.target)
        for member in object.members where !(subjectNames + outcomeNames + [timeName]).contains(member.name) {
            throw LogError(
                .malformed, "\(place) has an unknown field '\(member.name.prefix(60))'",
                hint: "Feedback has \((subjectNames + outcomeNames + [timeName]).joined(separator: ", ")).",
                field: member.name)
        }
        let given = outcomeNames.filter { object[$0] != nil }
        guard given.count < 2 else {
            throw LogError(
                .malformed, "\(place) gives the outcome twice, as '\(given[0])' and as '\(given[1])'",
                hint: "Send one of them.", field: given[1])
        }
        func first(_ names: [String]) throws(LogError) -> (name: String, value: Value) {
            for name in names {
                guard let member = object[name] else { continue }
                guard let value = member.asValue else {
                    throw LogError(
                        .malformed, "'\(name)' of \(place) is one value, not \(member.kindPhrase)", field: name)
                }
                if !value.isMissing { return (name, value) }
            }
            throw absent(names, place)
        }
        let named = try first(subjectNames)
        // What stands beside the first one names the same subject, and is held to the same rules.
        for name in subjectNames where name != named.name && ![nil, .null].contains(object[name]) {
            let other = try first([name])
            _ = try subject(other.value, named: name, place, key)
        }
        let outcome = try first(outcomeNames)
        return FeedbackRecord(
            subject: try subject(named.value, named: named.name, place, key),
            actual: try Self.outcome(outcome.value, named: outcome.name, place, task), time: received,
            observed: try object[timeName].flatMap { (value) throws(LogError) in
                try time(value.asValue ?? .boolean(true), place)
            })
    }

    private static func subject(
        _ value: Value, named name: String, _ place: String, _ key: String?
    ) throws(LogError) -> FeedbackRecord.Subject {
        if name == "id" {
            if let id = PredictionID(value.text) { return .prediction(id) }
            guard key == "id" else {
                throw LogError(
                    .malformed, "'id' of \(place) is no prediction id: '\(value.text.prefix(60))'",
                    hint: "Use the 'id' of the answer\(key.map { ", or name the entity by '\($0)'" } ?? "").",
                    field: name)
            }
        }
        guard value.text.utf8.count <= keyByteCountMax else {
            throw LogError(
                .limitExceeded, "'\(name)' of \(place) is longer than \(keyByteCountMax) bytes",
                field: name)
        }
        return .key(value.text)
    }

    private static func outcome(
        _ value: Value, named name: String, _ place: String, _ task: Signature.Task?
    ) throws(LogError) -> Value {
        switch value {
        case .missing: throw absent([name], place)
        case .number(let number) where !number.isFinite:
            throw LogError(.malformed, "'\(name)' of \(place) is not a finite number", field: name)
        case .string(""): throw absent([name], place)
        default:
            try task?.check(value, named: name, in: place)
            return value
        }
    }

    private static func time(_ value: Value, _ place: String) throws(LogError) -> Timestamp? {
        if value.isMissing { return nil }
        if case .string(let text) = value, let moment = Timestamp(text) { return moment }
        throw LogError(
            .malformed, "'\(timeName)' of \(place) is no RFC 3339 time: '\(value.text.prefix(60))'",
            hint: "Write it like 2026-03-01T09:30:00Z.", field: timeName)
    }

    private static func subjectNames(_ key: String?) -> [String] {
        subjectNames + [key].compactMap(\.self).filter { !subjectNames.contains($0) }
    }

    private static func outcomeNames(_ target: String?) -> [String] {
        [outcomeName] + [target].compactMap(\.self).filter { $0 != outcomeName }
    }

    private static func checkCount(_ count: Int) throws(LogError) {
        guard count <= recordCountMax else {
            throw LogError(
                .limitExceeded, "\(count) feedback records were sent at once; at most \(recordCountMax) are read",
                hint: "Send them in smaller parts.")
        }
    }

    private static func absent(_ names: [String], _ place: String) -> LogError {
        let list = names.map { "'\($0)'" }.joined(separator: " or ")
        return LogError(.malformed, "\(place) has no value for \(list)", field: names.first)
    }

    private static func missingColumn(_ names: [String], in table: Table) -> LogError {
        let list = names.map { "'\($0)'" }.joined(separator: " or ")
        return LogError(
            .malformed, "the table has no column \(list), only \(table.names.prefix(20).joined(separator: ", "))",
            field: names.first)
    }
}
