import ArgumentParser
import SlipwayData

extension Form where Value == BatchConfiguration {
    /// A batch: `{ model: churn, from: warehouse#customers, to: warehouse#scores, mode: merge, key: customer_id }`.
    ///
    /// What is scored is said by the options of `slipway score`, with `_` for `-`, and checked by that command itself.
    static func batch(named name: String, sources: [String], environments: [String]) -> Form {
        let example = "{ model: churn, from: warehouse#customers, to: warehouse#churn_scores, mode: replace }"
        let keys = ["environment", "schedule", "timeout", "attempts", "model"] + BatchOption.all.map(\.key)
        return Form(example: example) { node, reader in
            guard let fields = reader.fields(of: node, keys: keys, expecting: example) else { return nil }
            let environment =
                reader.optional("environment", of: fields, as: .reference(to: "named environment", among: environments))
                ?? Platform.defaultEnvironment
            let schedule = reader.optional("schedule", of: fields, as: .cron)
            let timeLimit = reader.optional("timeout", of: fields, as: .duration(example: "2h"))
            let attempts = reader.optional(
                "attempts", of: fields, as: .count(in: 1...BatchConfiguration.attemptCountMax, example: "10"))
            var isWhole = reader.checkPlaces(of: fields, sources: sources)
            var arguments = reader.required("model", of: fields, as: .text(example: "churn")).map { [$0] } ?? []
            isWhole = isWhole && !arguments.isEmpty
            for option in BatchOption.all {
                guard let given = option.read(fields, &reader) else { continue }
                isWhole = isWhole && given.isWhole
                arguments += given.arguments
            }
            arguments += ["--environment", environment]
            guard isWhole else { return nil }
            do {
                guard try ScoreCommand.parse(arguments).mayBeRepeated else {
                    reader.report("a batch is scored again and again; write mode: replace, append, or merge", at: node)
                    return nil
                }
            } catch {
                reader.report("slipway score does not take this: \(ScoreCommand.message(for: error))", at: node)
                return nil
            }
            return BatchConfiguration(
                name: name, environment: environment, arguments: arguments, schedule: schedule,
                timeLimit: timeLimit ?? BatchConfiguration.timeLimitDefault,
                attemptCountMax: attempts ?? BatchConfiguration.attemptCountMaxDefault)
        }
    }
}

/// A key of a batch that is an option of `slipway score`.
private struct BatchOption {
    enum Kind { case text, names, count, truth }

    static let all = [
        BatchOption("from", .text, isRequired: true), BatchOption("to", .text, isRequired: true),
        BatchOption("query", .text), BatchOption("mode", .text), BatchOption("key", .names),
        BatchOption("keep", .names), BatchOption("engine", .text), BatchOption("explain", .count),
        BatchOption("threads", .count), BatchOption("memory", .text), BatchOption("bad_rows", .text),
        BatchOption("quarantine", .text), BatchOption("strict", .truth),
    ]

    let key: String
    let kind: Kind
    let isRequired: Bool

    init(_ key: String, _ kind: Kind, isRequired: Bool = false) {
        (self.key, self.kind, self.isRequired) = (key, kind, isRequired)
    }

    /// The arguments that the key stands for; none of them where the value does not fit, which is reported.
    func read(_ fields: Fields, _ reader: inout ConfigurationReader) -> (arguments: [String], isWhole: Bool)? {
        if !isRequired, fields[key] == nil { return nil }
        let option = "--" + key.replacing("_", with: "-")
        let value: String?
        switch kind {
        case .text:
            value = reader.required(key, of: fields, as: Form<String>.text(example: example))
        case .names:
            value = reader.required(key, of: fields, as: Form<[String]>.names).map { $0.joined(separator: ",") }
        case .count:
            value = reader.required(key, of: fields, as: Form<Int>.count(in: 1...1_000_000, example: "4"))
                .map { "\($0)" }
        case .truth:
            guard let truth = reader.required(key, of: fields, as: Form<Bool>.truth) else { return ([], false) }
            return (truth ? [option] : [], true)
        }
        // With the sign of equality, a value that begins with a dash is one, too.
        return value.map { (["\(option)=\($0)"], true) } ?? ([], false)
    }

    private var example: String {
        switch key {
        case "from": "warehouse#customers"
        case "to": "warehouse#churn_scores"
        case "mode": "replace"
        case "memory": "4GB"
        case "bad_rows": "1%"
        case "engine": "native"
        case "query": "select * from customers"
        default: "scores.bad-rows.csv"
        }
    }
}

extension Form where Value == [String] {
    /// One name, or a list of names.
    fileprivate static var names: Form {
        let element = Form<String>.text(example: "customer_id")
        return Form(example: "customer_id") { node, reader in
            if node.text != nil { return element.read(node, &reader).map { [$0] } }
            return Form.list(of: element, example: "[customer_id, region]").read(node, &reader)
        }
    }
}

extension ConfigurationReader {
    /// Reports places of tables whose source the file does not have.
    ///
    /// - Returns: Whether there are none.
    fileprivate mutating func checkPlaces(of fields: Fields, sources: [String]) -> Bool {
        var isWhole = true
        for key in ["from", "to"] {
            guard let node = fields[key]?.value, let place = node.text.flatMap(TablePlace.init),
                !sources.contains(place.source)
            else { continue }
            let ending = Suggestion.ending(for: place.source, among: sources)
            report("\(Quotation.quoted(place.source)) is not a source of this file\(ending)", at: node)
            isWhole = false
        }
        return isWhole
    }
}
