import SlipwayData
public import SlipwayModel

/// The checks that every package must pass before it may answer anyone.
///
/// What needs examples is reported as not run when the package has none.
public struct PackageChecks: Sendable {
    /// The relative difference between two engines that counts as disagreement.
    public static let tolerance = ParityReport.tolerance

    private let engines: [any InferenceEngine]

    /// Makes the checks over the engines at hand.
    public init(engines: [any InferenceEngine]) {
        self.engines = engines
    }

    /// Runs all checks on an opened package, whose integrity was verified when it was opened.
    public func run(on package: Package) -> [CheckResult] {
        let integrity = CheckResult(
            name: "integrity", outcome: .passed("\(package.manifest.files.count) files match the manifest"))
        let answers = [golden(of: package)] + (package.golden == nil ? [trial(of: package)] : [])
        return [integrity, graph(of: package), engine(of: package)] + answers + [
            parity(of: package), metrics(of: package),
        ]
    }

    private func graph(of package: Package) -> CheckResult {
        let operators = Set(package.graph.nodes.map(\.qualifiedOperator)).sorted()
        let count = package.graph.nodes.count == 1 ? "1 node" : "\(package.graph.nodes.count) nodes"
        let noun = operators.count == 1 ? "operator" : "operators"
        return CheckResult(
            name: "graph", outcome: .passed("\(count), \(noun) \(operators.joined(separator: ", "))"))
    }

    private func engine(of package: Package) -> CheckResult {
        var reasons: [String] = []
        for engine in engines {
            switch engine.support(for: package.graph) {
            case .supported: return CheckResult(name: "engine", outcome: .passed("\(engine.name) runs it"))
            case .unsupported(let why): reasons.append("\(engine.name): \(why.prefix(3).joined(separator: "; "))")
            }
        }
        return CheckResult(name: "engine", outcome: .failed(reasons.joined(separator: ". ")))
    }

    /// Golden rows through every engine that supports the graph: one model, one answer.
    private func golden(of package: Package) -> CheckResult {
        guard let golden = package.golden else {
            return CheckResult(name: "golden rows", outcome: .notRun("the package has no examples"))
        }
        var agreeing: [String] = []
        for engine in engines where engine.support(for: package.graph).isSupported {
            do {
                let model = Model(
                    signature: package.signature, graph: package.graph, predictor: try engine.load(package.graph))
                let batch = try model.predict(rows: golden.rows)
                if let difference = golden.difference(from: batch, tolerance: Self.tolerance) {
                    return CheckResult(name: "golden rows", outcome: .failed("\(engine.name): \(difference)"))
                }
            } catch {
                return CheckResult(name: "golden rows", outcome: .failed("\(engine.name): \(error.message)"))
            }
            agreeing.append(engine.name)
        }
        guard !agreeing.isEmpty else {
            return CheckResult(name: "golden rows", outcome: .notRun("no engine runs the model"))
        }
        return CheckResult(
            name: "golden rows",
            outcome: .passed(
                "\(CountText.text(golden.rows.count)) rows agree on \(agreeing.joined(separator: " and "))"))
    }

    /// One plain row through the model, where no examples tell whether it answers.
    ///
    /// A model may rightly dislike blank values, so trouble is told and not held against it.
    private func trial(of package: Package) -> CheckResult {
        let name = "trial row"
        do throws(ModelError) {
            let model = try package.load(with: engines)
            let batch = try model.predict(rows: [package.signature.blankRow])
            return CheckResult(
                name: name,
                outcome: .passed("\(model.predictor.engineName) answers with \(batch.outputs.count) outputs"))
        } catch {
            return CheckResult(name: name, outcome: .notRun("a row of plain values has no answer: \(error.message)"))
        }
    }

    /// Golden rows and rows at the model's edges through every engine: one model, one answer.
    private func parity(of package: Package) -> CheckResult {
        let name = "parity"
        let trial = ParityTrial(
            graph: package.graph, signature: package.signature, golden: package.golden?.rows ?? [], engines: engines)
        do throws(ModelError) {
            let report = try trial.run()
            let sentence = report.sentence
            let outcome: CheckResult.Outcome =
                if report.disagreement != nil { .failed(sentence) } else if report.hasAnswers { .passed(sentence) } else
                { .notRun("no row of \(report.goldenRowCount + report.edgeRowCount) has an answer") }
            return CheckResult(name: name, outcome: outcome, parity: report)
        } catch {
            return CheckResult(name: name, outcome: .notRun(error.message))
        }
    }

    private func metrics(of package: Package) -> CheckResult {
        guard let metrics = package.metrics else {
            return CheckResult(name: "metrics", outcome: .notRun("the package has no rows with the true outcome"))
        }
        guard metrics.metrics.values.contains(where: { $0.number != nil }) else {
            return CheckResult(name: "metrics", outcome: outcomeOfNoMetric(metrics, task: package.signature.task))
        }
        let leftOut =
            metrics.skippedCount > 0 ? "; \(CountText.text(metrics.skippedCount)) rows could not be judged" : ""
        let summary = metrics.summary(for: package.signature.task.kind)
        return CheckResult(name: "metrics", outcome: .passed(summary + leftOut))
    }

    /// Outcomes of which none fits mean that model and target do not belong together.
    private func outcomeOfNoMetric(_ metrics: Evaluation, task: Signature.Task) -> CheckResult.Outcome {
        guard metrics.rowCount == 0, metrics.skippedCount > 0, task.kind != .other else {
            return .notRun(metrics.metrics.values.compactMap(\.reason).min() ?? "no metric applies to the model")
        }
        let answers = task.classes.isEmpty ? "a number" : task.classes.prefix(8).joined(separator: ", ")
        return .failed(
            "none of the \(metrics.skippedCount) outcomes in '\(task.target ?? "")' is one that the model answers: "
                + answers)
    }
}
