public import SlipwayData
public import SlipwayModel
package import SlipwayMonitoring
public import SlipwayRegistry
import Synchronization

/// A version that is loaded, warmed, and ready to answer.
public struct ServedModel: Sendable {
    /// The version.
    public let version: ModelVersion
    /// The deployment revision that put it here.
    public internal(set) var revision: Int
    /// The version that is tried beside it, if one is.
    package internal(set) var challenger: ServedChallenger?
    /// Which part of the deployment it is.
    package internal(set) var role = PredictionRecord.Role.champion
    /// Whether the caller named the version, so that no other one may answer, or a canary failed and left it the call;
    /// what chance did not choose it for counts in no comparison.
    package internal(set) var isPinned = false
    /// What tells this loaded version from every other of this process.
    let generation = Self.generations.add(1, ordering: .relaxed).newValue
    /// The loaded model.
    public private(set) var model: Model
    /// The graph's inputs, for callers that send tensors.
    public private(set) var graphInputs: [GraphValue]
    /// The graph's outputs.
    public private(set) var graphOutputs: [GraphValue]
    /// How the version is called as the champion beside it is; `nil` for one that is called by its own signature.
    package private(set) var translation: SignatureTranslation?
    /// The model in plain words.
    public let card: String?
    /// The metrics on the rows that the version was judged on.
    public let metrics: Evaluation?
    /// How the model is called.
    public let binding: ModelBinding
    /// Whether the scores of the classes are known to be no probabilities, by the graph or by the golden rows.
    package let givesRawScores: Bool
    /// Writes what is logged of the version's answers.
    private(set) var lineWriter: PredictionLineWriter
    /// What people want to know of it beside.
    package let dossier: ModelDossier
    /// The latest changes of the deployment, the newest first.
    package internal(set) var history: [AuditEntry] = []
    /// Predicts, on the caller's thread or on others.
    private(set) var predictor: ServedPredictor
    /// Says why the model answers as it does.
    let explainer: ServedExplainer
    /// The most rows of one request.
    package let rowCountMax: Int
    /// When it was loaded.
    public let loadedAt: Timestamp

    private static let generations = Atomic<UInt64>(0)

    /// The name of the model.
    public var name: String { version.model }
    /// The number of the version.
    public var number: Int { version.number }
    /// `name@number`.
    public var reference: String { version.reference }
    /// The digest of the package.
    public var digest: SHA256Digest { version.digest }

    /// The type that the graph declares for an output, which its tensor may hold in a wider form.
    package func declaredType(of output: PredictorOutput) -> ElementType {
        let held = output.tensor.elementType
        guard let declared = graphOutputs.first(where: { $0.name == output.name })?.type.elementType,
            declared.narrow != nil, (held == .int64) == (declared != .float16)
        else { return held }
        return declared
    }

    /// The field by which stored features are looked up; `nil` when the model has no feature view.
    package var lookUpKey: String? { binding.featureView == nil ? nil : binding.key }

    /// Refuses more rows than one request may have.
    ///
    /// - Parameter noun: What the protocol calls them.
    /// - Throws: ``ServingError`` of kind `tooLarge`.
    func checkRowCount(_ count: Int, _ noun: String) throws(ServingError) {
        guard count > rowCountMax else { return }
        throw ServingError(
            .tooLarge, "\(count) \(noun) are more than the limit of \(rowCountMax)",
            hint: "Send them in several requests, or use slipway score.")
    }

    private static func lineWriter(
        _ version: ModelVersion, _ signature: Signature, _ binding: ModelBinding
    ) -> PredictionLineWriter {
        PredictionLineWriter(
            model: version.model, version: version.number, inputs: signature.inputs.map(\.name),
            outputs: signature.outputs.map(\.name), privacy: binding.inputPrivacy)
    }

    /// The version as it is called while it is tried beside a champion: with the champion's fields, tensors, and names.
    ///
    /// - Throws: ``ModelError`` of kind `signatureMismatch` when it reads or gives something that the champion does not.
    func called(like champion: ServedModel, limits: ServingLimits) throws(ModelError) -> ServedModel {
        let translation: SignatureTranslation
        do {
            translation = try SignatureTranslation(of: model.signature, as: champion.model.signature)
        } catch {
            throw ModelError(
                .signatureMismatch,
                "\(reference) cannot be called as \(champion.reference) is: it differs in "
                    + (error.fields + error.outputs).joined(separator: ", "))
        }
        guard !translation.isIdentity else { return self }
        var served = self
        served.translation = translation
        served.model = model.called(by: translation)
        (served.graphInputs, served.graphOutputs) = (champion.graphInputs, champion.graphOutputs)
        served.lineWriter = Self.lineWriter(version, translation.signature, binding)
        served.predictor = ServedPredictor(
            served.model, name: name, pace: predictor.pace, waitingCountMax: limits.waitingPredictionCountMax)
        return served
    }

    /// Loads a package and predicts, so that the first caller does not pay for it and it is known how long it takes.
    ///
    /// - Throws: ``ModelError`` when no engine runs the model, the first prediction fails, or a privacy policy names a
    ///   field that the model does not have.
    init(
        package: Package, version: ModelVersion, revision: Int, engines: [any InferenceEngine], binding: ModelBinding,
        limits: ServingLimits = ServingLimits(), explaining: ServedExplainer.Maker? = nil, gate: Gate = Gate(),
        now: Timestamp
    ) throws(ModelError) {
        self.version = version
        self.revision = revision
        self.binding = binding
        model = try package.load(with: engines)
        graphInputs = package.graph.inputs
        // Outputs that do not count rows are none of the signature, and none of an answer.
        graphOutputs = package.graph.outputs.filter { output in
            package.signature.outputs.contains { $0.name == output.name }
        }
        card = package.card()
        metrics = package.metrics
        loadedAt = now
        rowCountMax = limits.rowCountMax
        explainer = ServedExplainer(
            package, of: model, maker: explaining, waitingCountMax: limits.waitingExplanationCountMax)
        dossier = ModelDossier(
            package, hiding: Set(binding.privacy.keys).union(binding.viewPrivacy.keys), gate: gate)
        let inputs = model.signature.inputs.map(\.name)
        try binding.check(against: inputs)
        lineWriter = Self.lineWriter(version, model.signature, binding)
        let isRaw = package.graph.givesRawScores(in: model.signature.task.scoreOutput)
        let rows = package.golden?.rows ?? []
        let isOutside = rows.isEmpty ? false : try !model.predict(rows: rows).scoresMayBeProbabilities
        givesRawScores = isOutside || isRaw
        predictor = ServedPredictor(
            model, name: version.model, pace: try PredictionPace.measured(model, on: rows),
            waitingCountMax: limits.waitingPredictionCountMax)
    }
}
