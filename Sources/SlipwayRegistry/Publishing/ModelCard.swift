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
        var text = "# \(draft.name)\n\n\(purpose)\n\n"
        if let owner = draft.notes.owner { text += "Answered for by \(owner).\n\n" }
        if let limits = draft.notes.limits { text += "## What it is not for\n\n\(limits)\n\n" }
        text += "## What it reads\n\n"
        text += "| field | type | needed | allowed | meaning |\n|---|---|---|---|---|\n"
        for field in draft.signature.inputs { text += row(of: field) }
        text += "\n## How well it does\n\n\(quality)\n\n## Where it comes from\n\n\(origin)\n"
        return text
    }

    private var purpose: String {
        draft.notes.purpose.map { "\($0)\n\n\(prediction)" } ?? prediction
    }

    private var prediction: String {
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
        "| `\(field.name)` | \(field.type.rawValue) | \(field.neededWords) | \(field.allowedWords()) "
            + "| \(field.words) |\n"
    }

    private var quality: String {
        guard let metrics = draft.metrics, let rows = draft.examples?.rowCount else {
            return "Not measured: no rows with the true outcome were given."
        }
        return
            "On \(CountText.text(rows)) rows with the true outcome: \(metrics.summary(for: draft.signature.task.kind))."
    }

    private var origin: String {
        let lineage = draft.lineage
        var lines = ["- made by: \(lineage.origin.rawValue)", "- runs on: \(engine)"]
        if let source = lineage.source { lines.append("- file: `\(source)`") }
        if let format = lineage.sourceFormat {
            lines.append("- translated from: \(format)\(lineage.sourceDigest.map { ", file \($0.short)" } ?? "")")
        }
        if let command = lineage.command { lines.append("- command: `\(command.joined(separator: " "))`") }
        if let digest = lineage.dataDigest { lines.append("- data: snapshot \(lineage.snapshot ?? digest.short)") }
        if let rows = lineage.trainingRows { lines.append("- trained on: \(CountText.text(rows)) rows") }
        if let revision = lineage.codeRevision { lines.append("- code: \(revision)") }
        return lines.joined(separator: "\n")
    }
}
