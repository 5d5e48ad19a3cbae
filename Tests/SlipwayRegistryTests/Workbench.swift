import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayModel
import SlipwayRegistry
import SlipwayTesting

/// A registry over a folder of its own, with models and labelled rows to push.
final class Workbench: Sendable {
    let folder: String
    let store = InMemoryRegistryStore()

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/slipway-registry-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var packages: String { folder + "/packages" }

    /// The names in the folder of packages, hidden ones included.
    var packageNames: [String] { (try? FileManager.default.contentsOfDirectory(atPath: packages).sorted()) ?? [] }

    /// A registry over the same store and folder, with a gate for the model `churn`.
    func registry(
        gate: [GateCondition] = [], engines: [any InferenceEngine] = [NativeEngine()]
    ) -> Registry {
        Registry(
            store: store, packagesFolder: packages, engines: engines, gates: ["churn": Gate(conditions: gate)],
            now: { RegistryStoreConformance.moment })
    }

    /// The models: each reads age, income, contract, and region, and tells `Yes` or `No`.
    enum Fixture: String {
        /// The one whose answers, with some noise, are the true outcomes of ``Workbench/rows(_:)``.
        case logistic = "columns-logistic"
        /// One that was trained on the same rows and answers mostly, not always, the same.
        case boosting = "columns-boosting"

        func bytes() throws -> Data {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            return try Data(contentsOf: root.appending(path: "Fixtures/engines/\(rawValue)/model.onnx"))
        }

        func model() throws -> Model {
            let graph = try ONNXModel(bytes: bytes()).graph()
            return try Model(signature: Signature(deriving: graph), graph: graph, engines: [NativeEngine()])
        }
    }

    /// A submission of a model as `churn`; another source makes it another version.
    static func submission(
        _ fixture: Fixture = .logistic, source: String = "churn.onnx", examples: Table? = nil,
        options: SignatureOptions = SignatureOptions(target: "churn")
    ) throws -> Submission {
        Submission(
            name: "churn", model: try fixture.bytes(), examples: examples, options: options,
            lineage: Lineage(origin: .push, source: source))
    }

    /// Rows with the true outcome, and a column `channel` that no model reads.
    ///
    /// - Parameter noise: Whether one outcome in ten is not what the logistic model says.
    static func rows(_ count: Int = 150, noise: Bool = true, seed: UInt64 = 7) throws -> Table {
        var random = SeededGenerator(seed: seed)
        func texts(_ choices: [String]) -> Column.Values {
            .strings((0..<count).map { _ in choices.randomElement(using: &random) ?? "" })
        }
        let fields = try Table(columns: [
            Column(name: "age", values: .numbers((0..<count).map { _ in .random(in: 10...70, using: &random) })),
            Column(name: "income", values: .numbers((0..<count).map { _ in .random(in: 5...150, using: &random) })),
            Column(name: "contract", values: texts(["month", "year", "two years"])),
            Column(name: "region", values: texts(["north", "south"])),
        ])
        let batch = try Fixture.logistic.model().predict(fields)
        let outcomes = (0..<count).map { row -> String in
            let isYes = batch.prediction(row: row) == .string("Yes")
            let isNoise = noise && Int.random(in: 0..<10, using: &random) == 0
            return isYes != isNoise ? "Yes" : "No"
        }
        return try fields.adding(Column(name: "channel", values: texts(["web", "shop"])))
            .adding(Column(name: "churn", values: .strings(outcomes)))
    }
}
