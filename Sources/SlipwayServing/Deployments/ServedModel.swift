public import SlipwayData
public import SlipwayModel
package import SlipwayMonitoring
public import SlipwayRegistry
import Synchronization

/// A version that is loaded, warmed, and ready to answer.
///
/// Every request holds one, so what was loaded is held once, and all copies share it.
public struct ServedModel: Sendable {
    /// What came of loading the version.
    private struct Content {
        let version: ModelVersion
        let generation = ServedModel.generations.add(1, ordering: .relaxed).newValue
        var model: Model
        var graphInputs: [GraphValue]
        var graphOutputs: [GraphValue]
        var translation: SignatureTranslation?
        let card: String?
        let metrics: Evaluation?
        let binding: ModelBinding
        let givesRawScores: Bool
        var lineWriter: PredictionLineWriter
        let dossier: ModelDossier
        var predictor: ServedPredictor
        let explainer: ServedExplainer
        let rowCountMax: Int
        let loadedAt: Timestamp
    }

    private final class Shared: Sendable {
        let content: Content

        init(_ content: Content) { self.content = content }
    }

    private var shared: Shared
    /// The deployment revision that put it here.
    public internal(set) var revision: Int
    /// The version that is tried beside it, if one is.
    package internal(set) var challenger: ServedChallenger?
    /// Which part of the deployment it is.
    package internal(set) var role = PredictionRecord.Role.champion
    /// Whether the caller named the version, so that no other one may answer, or a canary failed and left it the call;
    /// what chance did not choose it for counts in no comparison.
    package internal(set) var isPinned = false
    /// The latest changes of the deployment, the newest first.
    package internal(set) var history: [AuditEntry] = []

    private static let generations = Atomic<UInt64>(0)

    /// The version.
    public var version: ModelVersion { shared.content.version }
    /// What tells this loaded version from every other of this process.
    var generation: UInt64 { shared.content.generation }
    /// The loaded model.
    public var model: Model { shared.content.model }
    /// The graph's inputs, for callers that send tensors.
    public var graphInputs: [GraphValue] { shared.content.graphInputs }
    /// The graph's outputs.
    public var graphOutputs: [GraphValue] { shared.content.graphOutputs }
    /// How the version is called as the champion beside it is; `nil` for one that is called by its own signature.
    package var translation: SignatureTranslation? { shared.content.translation }
    /// The model in plain words.
    public var card: String? { shared.content.card }
    /// The metrics on the rows that the version was judged on.
    public var metrics: Evaluation? { shared.content.metrics }
    /// How the model is called.
    public var binding: ModelBinding { shared.content.binding }
    /// Whether the scores of the classes are known to be no probabilities, by the graph or by the golden rows.
    package var givesRawScores: Bool { shared.content.givesRawScores }
    /// Writes what is logged of the version's answers.
    var lineWriter: PredictionLineWriter { shared.content.lineWriter }
    /// What people want to know of it beside.
    package var dossier: ModelDossier { shared.content.dossier }
    /// Predicts, on the caller's thread or on others.
    var predictor: ServedPredictor { shared.content.predictor }
    /// Says why the model answers as it does.
    var explainer: ServedExplainer { shared.content.explainer }
    /// The most rows of one request.
    package var rowCountMax: Int { shared.content.rowCountMax }
    /// When it was loaded.
    public var loadedAt: Timestamp { shared.content.loadedAt }

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
        var content = shared.content
        content.translation = translation
        content.model = model.called(by: translation)
        (content.graphInputs, content.graphOutputs) = (champion.graphInputs, champion.graphOutputs)
        content.lineWriter = Self.lineWriter(version, translation.signature, binding)
        content.predictor = ServedPredictor(
            content.model, name: name, pace: predictor.pace, waitingCountMax: limits.waitingPredictionCountMax)
        var served = self
        served.shared = Shared(content)
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
        let model = try package.load(with: engines)
        try binding.check(against: model.signature.inputs)
        let isRaw = package.graph.givesRawScores(in: model.signature.task.scoreOutput)
        let rows = package.golden?.rows ?? []
        let isOutside = rows.isEmpty ? false : try !model.predict(rows: rows).scoresMayBeProbabilities
        self.revision = revision
        shared = Shared(
            Content(
                version: version, model: model, graphInputs: package.graph.inputs,
                // Outputs that do not count rows are none of the signature, and none of an answer.
                graphOutputs: package.graph.outputs.filter { output in
                    package.signature.outputs.contains { $0.name == output.name }
                },
                card: package.card(), metrics: package.metrics, binding: binding, givesRawScores: isOutside || isRaw,
                lineWriter: Self.lineWriter(version, model.signature, binding),
                dossier: ModelDossier(
                    package, hiding: Set(binding.privacy.keys).union(binding.viewPrivacy.keys), gate: gate),
                predictor: ServedPredictor(
                    model, name: version.model, pace: try PredictionPace.measured(model, on: rows),
                    waitingCountMax: limits.waitingPredictionCountMax),
                explainer: ServedExplainer(
                    package, of: model, maker: explaining, waitingCountMax: limits.waitingExplanationCountMax),
                rowCountMax: limits.rowCountMax, loadedAt: now))
    }
}
