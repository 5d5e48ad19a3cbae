import SlipwayData
import SlipwayModel
import SlipwayRegistry
import SlipwayServing

/// The values of a model's page: what it is, in plain words, without a row of anybody's data.
struct ModelPage: Sendable {
    /// A fact with its name.
    struct Fact: Sendable {
        var name: String
        var value: String
    }

    /// A metric over all labelled rows.
    struct Figure: Sendable {
        var name: String
        var value: String
        var meaning: String
    }

    let title: String
    let showsAPI = false
    let name: String
    let version: Int
    let task: String
    let purpose: String?
    let owner: String?
    let notFor: String?
    let method: [Fact]
    let operators: String
    let data: [Fact]
    let query: String?
    let command: String?
    let profile: DataProfile
    let metrics: MetricsReport
    let limits: [String]
    let explanation: String
    let samples: [CallSample]
    let feedback: String
    let history: [Fact]

    /// Describes a version; the first page of one predicts its examples, and blocks its thread.
    init(of served: ServedModel, at address: CallSample.Address, bodyByteCountMax: Int, asksForKeys: Bool) {
        let dossier = served.dossier
        title = "\(served.name) · Slipway"
        name = served.name
        version = served.number
        task = Self.task(of: served)
        purpose = dossier.notes.purpose
        owner = dossier.notes.owner
        notFor = dossier.notes.limits
        method = Self.method(of: served)
        operators = dossier.structure.operators.map { $0.count > 1 ? "\($0.count) × \($0.name)" : $0.name }
            .joined(separator: ", ")
        data = Self.data(of: served)
        query = dossier.lineage.query
        command = dossier.lineage.command?.joined(separator: " ")
        profile = DataProfile(of: served)
        metrics = MetricsReport(of: served)
        limits = Self.limits(of: served, bodyByteCountMax: bodyByteCountMax)
        explanation = Self.explanation(of: served)
        let record = OpenAPIModel(served: served).exampleRecord
        samples = CallSample.all(of: served.name, record, at: address, asksForKeys: asksForKeys)
        feedback = Self.feedback(of: served)
        history = served.history.map { entry in
            let what = "\(Self.words(for: entry.action)) version \(entry.version.map(String.init) ?? "?")"
            return Fact(name: entry.time.description, value: entry.reason.map { "\(what): \($0)" } ?? what)
        }
    }

    /// What the model predicts, in a sentence.
    static func task(of served: ServedModel) -> String {
        let task = served.model.signature.task
        let what = task.target ?? "an outcome"
        switch task.kind {
        case .binary where !task.classes.isEmpty:
            return "Predicts \(what): \(task.classes.joined(separator: " or ")), with a figure for each."
        case .binary, .multiclass:
            let count = task.classes.count
            return "Predicts \(what)\(count > 0 ? ", one of \(count) classes, with a figure for each" : ", a class")."
        case .regression: return "Predicts \(what), a number."
        case .other: return "Gives \(served.graphOutputs.map(\.name).joined(separator: ", "))."
        }
    }

    private static func method(of served: ServedModel) -> [Fact] {
        let structure = served.dossier.structure
        var facts: [Fact] = []
        if structure.treeCount > 0 {
            facts.append(
                Fact(
                    name: "Decision trees",
                    value: "\(CountText.text(structure.treeCount)) with \(CountText.text(structure.leafCount)) leaves"))
        }
        facts.append(Fact(name: "Constants", value: CountText.text(structure.constantCount)))
        facts.append(Fact(name: "File", value: "\(PageText.bytes(served.dossier.byteCount)), ONNX"))
        let lineage = served.dossier.lineage
        if let format = lineage.sourceFormat { facts.append(Fact(name: "Translated from", value: format)) }
        if let producer = structure.producer { facts.append(Fact(name: "Written by", value: producer)) }
        facts.append(Fact(name: "Runs on", value: "the engine \(served.model.predictor.engineName)"))
        facts.append(Fact(name: "Package", value: served.digest.hex))
        return facts
    }

    private static func data(of served: ServedModel) -> [Fact] {
        let lineage = served.dossier.lineage
        var facts = [
            Fact(name: "Registered", value: "\(served.version.createdAt)"),
            Fact(
                name: "Made by",
                value: lineage.origin == .retrain
                    ? "the project's training program" : "a person who pushed \(lineage.source ?? "a file")"),
        ]
        func add(_ name: String, _ value: String?) {
            if let value { facts.append(Fact(name: name, value: value)) }
        }
        add("Trained on", lineage.trainingRows.map { "\(CountText.text($0)) rows" })
        add("Held out from training", lineage.heldOutRows.map { "\(CountText.text($0)) rows" })
        add("Snapshot of the data", lineage.snapshot ?? lineage.dataDigest?.hex)
        add("Revision of the code", lineage.codeRevision)
        add("Training took", lineage.durationSeconds.map { "\(PageText.figure($0)) seconds" })
        if lineage.dataDigest == nil {
            add("Training data", "Not known: the file was pushed, not trained by the project.")
        }
        return facts
    }

    private static func limits(of served: ServedModel, bodyByteCountMax: Int) -> [String] {
        let inputs = served.model.signature.inputs
        var limits = [
            "A value outside the range or the categories of its field is refused with 422, and so is a field that the "
                + "model does not know.",
            "One request holds up to \(CountText.text(served.rowCountMax)) rows and "
                + "\(PageText.bytes(bodyByteCountMax)); up to "
                + "\(PredictionService.explainedRowCountMax) rows are explained at once.",
        ]
        let substituted = inputs.filter { $0.defaultValue != nil }
        let passed = inputs.filter { !$0.isRequired && $0.defaultValue == nil }
        let required = inputs.filter { $0.isRequired && $0.defaultValue == nil }
        func names(_ fields: [InputField]) -> String { fields.map(\.name).joined(separator: ", ") }
        if !required.isEmpty { limits.append("Must be there: \(names(required)).") }
        if !passed.isEmpty { limits.append("May be missing, which the model is told: \(names(passed)).") }
        if !substituted.isEmpty {
            limits.append("May be missing; a default stands in: \(names(substituted)).")
        }
        if let key = served.lookUpKey {
            limits.append("Fields that are not sent are looked up by \(key); what is sent wins.")
        }
        if served.givesRawScores { limits.append("The figures of the classes are scores, not probabilities.") }
        return limits
    }

    private static func explanation(of served: ServedModel) -> String {
        do {
            switch try served.explanationMethod() {
            case .trees:
                return "Exact: the Shapley value of each field, computed from the trees themselves."
            case .linear:
                return "Exact: the Shapley value of each field of a linear model, its coefficient times the distance "
                    + "from the mean."
            case .sampling:
                return "Estimated: Shapley values, by changing example rows into the row at hand, field by field, in "
                    + "many orders. Each comes with its standard error."
            }
        } catch {
            return "None: \(error.message)."
        }
    }

    private static func feedback(of served: ServedModel) -> String {
        let names = [served.binding.key, "id"].compactMap(\.self).joined(separator: " or ")
        return "Every answer has an id. When the truth is known, POST it as actual, by \(names), to "
            + "/models/\(served.name)/feedback, and the model's real figures are watched."
    }

    private static func words(for action: AuditEntry.Action) -> String {
        switch action {
        case .promote: "promoted"
        case .rollback: "rolled back to"
        case .force: "promoted against its gate:"
        case .push: "registered"
        case .refuse: "refused"
        case .deploy: "tried as a challenger:"
        case .withdraw: "withdrew the challenger"
        case .rollBackChallenger: "rolled back the challenger"
        }
    }
}
