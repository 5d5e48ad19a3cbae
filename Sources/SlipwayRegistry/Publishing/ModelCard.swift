import SlipwayData
import SlipwayModel

/// A model version in plain words, as Markdown for people who do not read ONNX.
struct ModelCard {
    private let draft: PackageDraft
    private let engine: String

    init(draft: PackageDraft, engine: String) {
        self.draft = draft
        self.engine = engine
    }

    var markdown: String {
        var text = "# \(draft.name)\n\n\(purpose)\n\n## What it reads\n\n"
        text += "| field | type | needed | allowed | meaning |\n|---|---|---|---|---|\n"
        for field in draft.signature.inputs { text += row(of: field) }
        text += "\n## How well it does\n\n\(quality)\n\n## Where it comes from\n\n\(origin)\n"
        return text
    }

    private var purpose: String {
        let task = draft.signature.task
        let what = task.target.map { "`\($0)`" } ?? "an outcome"
        switch task.kind {
        case .binary:
            return "Predicts \(what): \(task.classes.joined(separator: " or ")), with a probability for each. "
                + "Figures speak of `\(task.positiveClass ?? "")`."
        case .multiclass: return "Predicts \(what), one of \(task.classes.count) classes, with a score for each."
        case .regression: return "Predicts \(what), a number."
        case .other: return "Gives \(draft.signature.outputs.map { "`\($0.name)`" }.joined(separator: ", "))."
        }
    }

    private func row(of field: InputField) -> String {
        let meaning = [field.meaning, field.unit.map { "in \($0)" }].compactMap { $0 }.joined(separator: ", ")
        let needed = field.defaultValue.map { "no, else \($0.text)" } ?? (field.isRequired ? "yes" : "no")
        return "| `\(field.name)` | \(field.type.rawValue) | \(needed) | \(allowed(by: field)) | \(meaning) |\n"
    }

    private func allowed(by field: InputField) -> String {
        if let categories = field.categories {
            let shown = categories.prefix(8).map(\.text).joined(separator: ", ")
            return categories.count > 8 ? "\(shown), and \(categories.count - 8) more" : shown
        }
        switch (field.minimum, field.maximum) {
        case (let low?, let high?): return "\(Value.number(low).text) to \(Value.number(high).text)"
        case (let low?, nil): return "from \(Value.number(low).text)"
        case (nil, let high?): return "up to \(Value.number(high).text)"
        case (nil, nil): return "any"
        }
    }

    private var quality: String {
        guard let metrics = draft.metrics, let rows = draft.examples?.rowCount else {
            return "Not measured: no rows with the true outcome were given."
        }
        return "On \(rows) rows with the true outcome: \(metrics.summary(for: draft.signature.task.kind))."
    }

    private var origin: String {
        let lineage = draft.lineage
        var lines = ["- made by: \(lineage.origin.rawValue)", "- runs on: \(engine)"]
        if let source = lineage.source { lines.append("- file: `\(source)`") }
        if let format = lineage.sourceFormat {
            lines.append("- translated from: \(format)\(lineage.sourceDigest.map { ", file \($0.short)" } ?? "")")
        }
        if let command = lineage.command { lines.append("- command: `\(command.joined(separator: " "))`") }
        if let digest = lineage.dataDigest { lines.append("- data: snapshot \(digest.short)") }
        if let rows = lineage.trainingRows { lines.append("- trained on: \(rows) rows") }
        if let revision = lineage.codeRevision { lines.append("- code: \(revision)") }
        return lines.joined(separator: "\n")
    }
}
