import Foundation
public import SlipwayData
public import SlipwayFeatures
import SlipwayModel
public import SlipwayMonitoring
import SlipwayRegistry

/// What every protocol face of the server calls: rows in, logged answers out.
///
/// The path of a prediction is short: take the served model, look up missing features by key, validate, predict,
/// append to the log, answer. What is answered was logged before.
public struct PredictionService: Sendable {
    /// The models that answer.
    public let models: ServedModels
    /// What the server counts about itself.
    public let metrics: ServingMetrics
    /// What is taken on, and for how long.
    public let limits: ServingLimits
    /// Counts the requests that are being answered.
    public let gate: LoadGate
    /// What the bodies of all requests may hold together, by every protocol.
    package let bodies: ByteBudget
    let features: FeatureDesk
    /// What calls for stored predictions came to.
    let stored: StoredPredictionFigures
    let logs: ServingLogs
    /// The threads for slow predictions.
    let predictions: WorkPool
    /// The threads for explanations.
    let explanations: WorkPool
    /// Reads Parquet files that callers send.
    let parquet: ParquetBodies
    /// Answers by their input; `nil` where nothing is kept.
    package let cache: PredictionCache?
    /// Shows answered calls to challengers in shadow.
    private let shadows: ShadowQueue
    /// Compares challengers with their champions.
    let comparisons: ComparisonDesk

    /// Makes a service over the models, the serving store, and the logs.
    ///
    /// - Parameter parquet: What reads Parquet files; `nil` where nothing does.
    public init(
        models: ServedModels, metrics: ServingMetrics, features: any FeatureStore, logs: ServingLogs,
        limits: ServingLimits = ServingLimits(), cache: PredictionCache? = nil, parquet: (any ParquetFiles)? = nil
    ) {
        self.models = models
        self.metrics = metrics
        self.features = FeatureDesk(features, metrics: metrics)
        stored = StoredPredictionFigures(metrics: metrics)
        self.logs = logs
        self.limits = limits
        gate = LoadGate(requestCountMax: limits.requestCountMax)
        bodies = ByteBudget(byteCountMax: limits.bodiesByteCountMax)
        predictions = WorkPool(
            name: "predictions", threadCount: limits.predictionThreadCount, waitingCountMax: limits.waitingCountMax)
        explanations = WorkPool(
            name: "explanations", threadCount: ServedExplainer.concurrencyMax, waitingCountMax: limits.waitingCountMax)
        self.parquet = ParquetBodies(parquet, limits: limits)
        self.cache = cache
        shadows = ShadowQueue(logs: logs, metrics: metrics)
        comparisons = ComparisonDesk(logs: logs)
        models.cache = cache
        addGauges()
    }

    /// Why the server does not answer now; `nil` when it does.
    ///
    /// It answers once its models are loaded, while what it answers can be logged, and until it is asked to end.
    package var reasonNotReady: String? {
        get async {
            gate.noteProbe()
            guard !gate.isDraining else { return "the server is about to end" }
            guard models.isReady else { return "the server is loading its models" }
            let logs = logs
            let isWritable = await BlockingWork.run { logs.areWritable() }
            return isWritable ? nil : "the log cannot be written, and what is not logged is not answered"
        }
    }

    /// The served model of a name.
    ///
    /// - Throws: ``ServingError`` of kind `unknownModel`, or `notReady` while deployments are loaded.
    public func served(_ name: String, version: Int? = nil) throws(ServingError) -> ServedModel {
        guard let served = models[name] else {
            if models.entry(named: name)?.isUnloaded == true {
                throw ServingError(
                    .notReady, "\(name) was unloaded by an operator",
                    hint: "POST /v2/repository/models/\(name)/load lets it answer again.")
            }
            guard models.isReady else {
                throw ServingError(.notReady, "the server is loading its models", retryAfterSeconds: 1)
            }
            let near = Spelling.nearest(to: name, among: models.all.map(\.name))
            throw ServingError(
                .unknownModel, "there is no model '\(name.prefix(80))' here",
                hint: near.map { "Did you mean '\($0)'?" } ?? "GET /models lists the models.")
        }
        return try version.map { (version) throws(ServingError) in try served.pinned(to: version) } ?? served
    }

    /// Predicts records of named fields, with missing features looked up by key where the model has a view.
    ///
    /// - Returns: One logged answer per record, in order.
    /// - Throws: ``ServingError``; when one record does not fit, none is answered, and the message says which.
    public func predict(
        _ records: [JSONObject], with served: ServedModel, call: Call
    ) async throws(ServingError) -> [PredictionAnswer] {
        try await predictRows(records, with: served, call: call).answers
    }

    /// Predicts records, and gives beside the answers the cells that were predicted and the outputs of the graph.
    package func predictRows(
        _ records: [JSONObject], with served: ServedModel, call: Call
    ) async throws(ServingError) -> PredictedRows {
        guard !records.isEmpty else { throw ServingError(.malformed, "there is no record to predict") }
        try served.checkRowCount(records.count, "records")
        let keys = try keys(of: records, served)
        let completed = try await FeatureLookUp(served: served, desk: features, deadline: call.deadline)
            .complete(records)
        let signature = served.model.signature
        let allowed = Set([served.binding.key].compactMap { $0 })
        var rows: [[Value]] = []
        rows.reserveCapacity(records.count)
        for (index, record) in completed.records.enumerated() {
            do {
                rows.append(try signature.cells(of: record, allowing: allowed))
            } catch {
                throw Self.refusal(of: error, at: index, in: records)
            }
        }
        let stored = served.lineWriter.asksWhatWasStored ? records.map { Self.absentInputs(in: $0, of: signature) } : []
        var call = call
        call.standIns = completed.standIns
        let answered = try await answer(rows, keys: keys, storedInputs: stored, with: served, call: call)
        let isRaw = answered.parts.contains(where: \.served.givesRawScores) || !answered.batch.scoresMayBeProbabilities
        let versions = answered.versions
        let answers = rows.indices.map { row in
            var members = PredictionAnswer.members(of: answered.batch, row: row, givesRawScores: isRaw)
            if completed.stale.contains(row) { members[PredictionAnswer.staleMember] = .boolean(true) }
            if completed.standIns[row] == .default { members[PredictionAnswer.defaultMember] = .boolean(true) }
            return PredictionAnswer(
                id: answered.ids[row], version: versions[row], isCached: answered.isCached, members: members)
        }
        return PredictedRows(answers: answers, rows: rows, call: answered)
    }

    /// Predicts rows of cells that were validated by a protocol that speaks in tensors.
    ///
    /// - Returns: The outputs, the id of each logged row, and who answered.
    package func infer(
        _ rows: [[Value]], with served: ServedModel, call: Call
    ) async throws(ServingError) -> AnsweredCall {
        try await answer(rows, keys: rows.map { _ in nil }, storedInputs: [], with: served, call: call)
    }

    /// The name of the key by which the features of a model are looked up.
    ///
    /// - Throws: ``ServingError`` of kind `methodNotAllowed` when the model has no feature view.
    package func lookUpKey(of served: ServedModel) throws(ServingError) -> String {
        guard let key = served.lookUpKey else {
            throw ServingError(
                .methodNotAllowed, "\(served.name) has no feature view, so nothing can be looked up",
                hint: "POST the fields, or give the model a feature view in slipway.yaml.")
        }
        return key
    }

    /// Keeps true outcomes for a model.
    ///
    /// - Returns: The number of outcomes kept.
    public func accept(_ feedback: [FeedbackRecord], for served: ServedModel) throws(ServingError) -> Int {
        do {
            try logs.append(feedback, model: served.name)
        } catch {
            throw ServingError(error)
        }
        metrics.countFeedback(model: served.name, records: feedback.count)
        return feedback.count
    }

    private func keys(of records: [JSONObject], _ served: ServedModel) throws(ServingError) -> [String?] {
        guard let key = served.binding.key else { return records.map { _ in nil } }
        var keys: [String?] = []
        keys.reserveCapacity(records.count)
        for (index, record) in records.enumerated() {
            let given = record[key] ?? .null
            guard let value = given.asValue, value.text.utf8.count <= FeedbackParser.keyByteCountMax else {
                // A key that feedback could not name would never find its outcome.
                throw ServingError(
                    .signatureMismatch,
                    Self.place(index, of: records.count)
                        + "the key '\(key)' must be one value of \(FeedbackParser.keyByteCountMax) bytes at most",
                    field: key)
            }
            keys.append(value.isMissing ? nil : value.text)
        }
        return keys
    }

    /// What a caller is told of a row that does not fit; never what a field holds that was looked up.
    private static func refusal(of error: ModelError, at index: Int, in records: [JSONObject]) -> ServingError {
        var (message, hint) = (error.message, error.hint)
        if let field = error.field, records[index][field] == nil, error.rule != nil {
            (message, hint) = ("the stored value of field '\(field)' does not fit the model", "Send the field.")
        }
        return ServingError(
            .signatureMismatch, place(index, of: records.count) + message, hint: hint, field: error.field)
    }

    /// The inputs that a caller left to the serving store or to the defaults, by their position.
    private static func absentInputs(in record: JSONObject, of signature: Signature) -> Set<Int> {
        Set(signature.inputs.indices.filter { record[signature.inputs[$0].name] == nil })
    }

    package static func place(_ index: Int, of count: Int) -> String { count > 1 ? "record \(index + 1): " : "" }

    /// Answers the rows of a call: most often by one version, by two where a key parts them between champion and canary.
    private func answer(
        _ rows: [[Value]], keys: [String?], storedInputs: [Set<Int>], with served: ServedModel, call: Call
    ) async throws(ServingError) -> AnsweredCall {
        try call.checkDeadline()
        let parts = served.parts(of: rows, keys: keys)
        guard parts.count > 1 else {
            return try await answerSafely(
                rows, keys: keys, storedInputs: storedInputs, part: parts[0], beside: served, call)
        }
        var answers: [AnsweredCall] = []
        for part in parts {
            answers.append(
                try await answerSafely(
                    part.rows.map { rows[$0] }, keys: part.rows.map { keys[$0] },
                    storedInputs: storedInputs.isEmpty ? [] : part.rows.map { storedInputs[$0] }, part: part,
                    beside: served, call))
        }
        do {
            return try AnsweredCall(joining: answers, rowCount: rows.count)
        } catch {
            throw ServingError(error)
        }
    }

    /// Answers by the champion where a canary fails: what is only tried costs no caller an answer.
    ///
    /// Chance did not choose the champion for such rows, so they count in no comparison.
    private func answerSafely(
        _ rows: [[Value]], keys: [String?], storedInputs: [Set<Int>], part: CallPart, beside champion: ServedModel,
        _ call: Call
    ) async throws(ServingError) -> AnsweredCall {
        do {
            return try await answer(
                rows, keys: keys, storedInputs: storedInputs, part: part, beside: champion, call)
        } catch {
            guard part.served.role == .challenger, !part.served.isPinned, error.mayBeTheVersions else { throw error }
            var champion = champion
            champion.isPinned = true
            return try await answer(
                rows, keys: keys, storedInputs: storedInputs, part: CallPart(served: champion, rows: part.rows),
                beside: champion, call)
        }
    }

    /// - Parameter champion: The version that the call was for, with the challenger that is tried beside it.
    private func answer(
        _ rows: [[Value]], keys: [String?], storedInputs: [Set<Int>], part: CallPart, beside champion: ServedModel,
        _ call: Call
    ) async throws(ServingError) -> AnsweredCall {
        let served = part.served
        let begin = ContinuousClock.now
        let (batch, isCached): (PredictionBatch, Bool)
        do {
            (batch, isCached) = try await predicted(rows, with: served, until: call.deadline)
            // What comes too late is no answer, and is not logged as one.
            try call.checkDeadline()
        } catch {
            metrics.calls.count(.failed(error.kind, latency: .now - call.started), of: served, by: call.face)
            throw error.counted(under: served.number)
        }
        let end = ContinuousClock.now
        let ids: [String]
        do {
            ids = try await logs.append(
                batch, rows: rows, keys: keys, storedInputs: storedInputs, of: served, latency: end - call.started,
                circumstances: .init(
                    role: served.role, isCached: isCached, isPinned: served.isPinned,
                    features: call.standIns.isEmpty ? [] : part.rows.map { call.standIns[$0]?.rawValue }),
                trace: call.trace?.traceID)
        } catch {
            let error = ServingError(error)
            metrics.calls.count(.refused(error.kind, latency: .now - call.started), of: served, by: call.face)
            throw error.counted(under: served.number)
        }
        metrics.calls.count(
            .answered(rowCount: rows.count, latency: .now - call.started, modelTime: isCached ? nil : end - begin),
            of: served, by: call.face)
        if let shadow = champion.challenger, shadow.deployed.mode == .shadow {
            shadows.show(
                rows, keys: keys, storedInputs: storedInputs, answeredAs: ids, by: call.face, to: shadow)
        }
        return AnsweredCall(batch, ids: ids, by: part, isCached: isCached)
    }
}
