import SlipwayData
public import SlipwayModel

extension Registry {
    /// What came of a push.
    public struct Push: Sendable {
        /// The version, new or the one that had the same content already.
        public var version: ModelVersion
        /// Whether the version is new.
        public var isNew: Bool
        /// The package.
        public var package: Package
        /// The checks of the package.
        public var checks: [CheckResult]
    }

    /// Validates a model, scores its examples, packages it, and registers it as the next version.
    ///
    /// The same content pushed twice is one version, however many push it at once.
    ///
    /// - Throws: ``ModelError`` when the model or its examples do not fit, ``DataError`` when the package cannot be
    ///   written, ``RegistryError`` when the name is not allowed or the store fails. Nothing is registered then.
    public func push(_ submission: Submission, by actor: String) throws -> Push {
        try ModelName.validate(submission.name)
        let graph = try ONNXModel(bytes: submission.model).graph()
        let signature = try Signature(
            deriving: graph, examples: submission.examples, options: submission.options)
        let loaded = try Model(signature: signature, graph: graph, engines: engines)
        var draft = PackageDraft(
            name: submission.name, model: submission.model, signature: signature, lineage: submission.lineage)
        if let examples = submission.examples, examples.rowCount > 0 {
            try draft.add(examples: examples, leavingOut: submission.options.ignoredColumns, answeredBy: loaded)
        }
        draft.notes = submission.notes
        draft.card = ModelCard(draft: draft, engine: loaded.predictor.engineName).markdown
        let package = try draft.write(into: packagesFolder)
        // A version that others see is one that they can fetch.
        try archive?.keep(package)
        let audit = AuditEntry(time: now(), actor: actor, action: .push, model: submission.name)
        let registered = try store.register(model: submission.name, digest: package.digest, audit: audit)
        return Push(
            version: registered.version, isNew: registered.isNew, package: package,
            checks: PackageChecks(engines: engines).run(on: package))
    }
}

extension PackageDraft {
    /// Scores example rows and keeps what they teach: baseline, golden rows, metrics, and the rows themselves.
    mutating func add(examples: Table, leavingOut ignored: Set<String>, answeredBy model: Model) throws {
        let kept = examples.thinned(to: PackageDraft.exampleRowCountMax)
        let batch = try model.predict(kept)
        baseline = try Baseline(examples: kept, batch: batch, signature: signature)
        golden = try GoldenRows(rows: signature.rows(of: kept.thinned(to: GoldenRows.rowCountMax)), answeredBy: model)
        let fields = signature.inputs.map(\.name) + (signature.task.target.map { [$0] } ?? [])
        // Columns that are no field stay for slices; the entity key is nobody's slice and names people.
        let others = kept.names.filter { !fields.contains($0) && !ignored.contains($0) }
        self.examples = try kept.selecting(columns: fields.filter { kept[$0] != nil } + others)
        if let target = signature.task.target, let actual = kept[target] {
            metrics = Evaluation(of: batch, actual: actual)
        }
    }
}

extension Table {
    /// At most so many rows, chosen evenly from the first to the last.
    fileprivate func thinned(to limit: Int) -> Table {
        guard rowCount > limit else { return self }
        return selecting(rows: (0..<limit).map { $0 * rowCount / limit })
    }
}
