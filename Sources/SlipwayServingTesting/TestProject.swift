import Foundation
package import SlipwayData
import SlipwayEngines
import SlipwayFeatures
package import SlipwayModel
package import SlipwayMonitoring
package import SlipwayRegistry
import SlipwaySQL
package import SlipwayServing
package import SlipwayStore
package import SlipwayTesting

/// A registry, a serving store, and logs on a real disk, with real models in them.
///
/// `churn` reads `age`, `income`, `contract`, and `region`, and has a feature view; its first version is a logistic
/// regression and its second one a boosting model, so that their answers differ. `bare` is a classifier of four
/// numbers that came without examples.
package struct TestProject: Sendable {
    /// A promotion that its gate refused.
    private struct Refusal: Error {
        let report: String
    }

    package static let environment = "production"
    package static let key = "customer_id"
    package static let bindings = ["churn": ModelBinding(featureView: "customers", key: key)]

    package let folder: TemporaryFolder
    package let registry: Registry
    package let features: SQLFeatureStore

    /// Makes an empty project.
    ///
    /// - Parameter engines: What predicts, in order of preference.
    package init(engines: [any InferenceEngine] = [NativeEngine()]) throws {
        folder = try TemporaryFolder()
        registry = Registry(
            store: try SQLRegistryStore(SQLiteDatabase(path: folder.path("registry.db"))),
            packagesFolder: folder.path("packages"), engines: engines)
        features = try SQLFeatureStore(SQLiteDatabase(path: folder.path("production.db")))
    }

    /// A project with `churn@1` and `bare@1` as champions, `churn@2` pushed, and the view replicated.
    package static func ready(engines: [any InferenceEngine] = [NativeEngine()]) async throws -> TestProject {
        let project = try TestProject(engines: engines)
        try project.promote(try project.push("columns-logistic-plain", as: "churn", examples: Rows.examples()))
        try project.push("columns-boosting", as: "churn", examples: Rows.examples())
        try project.promote(try project.push("tree-classifier", as: "bare"))
        try await project.replicate(try Rows.customers())
        return project
    }

    package var logFolder: String { folder.path("log") }

    @discardableResult
    package func push(_ fixture: String, as name: String, examples: Table? = nil) throws -> ModelVersion {
        let options = SignatureOptions(target: examples == nil ? nil : "left", ignoredColumns: [Self.key])
        let submission = Submission(
            name: name, model: try Fixtures.model(fixture), examples: examples, options: options,
            lineage: Lineage(origin: .push))
        return try registry.push(submission, by: "tester").version
    }

    @discardableResult
    package func promote(_ version: ModelVersion) throws -> Deployment {
        let outcome = try registry.promote(version, to: Self.environment, by: "tester")
        guard let deployment = outcome.deployment else { throw Refusal(report: "\(outcome)") }
        return deployment
    }

    package func version(_ reference: String) throws -> ModelVersion {
        try registry.resolve(ModelReference(parsing: reference), in: Self.environment)
    }

    package func replicate(_ rows: Table) async throws {
        let view = FeatureView(name: "customers", source: "warehouse", query: "all", key: Self.key)
        try await features.activate(try await features.stage(rows, for: view, replicatedAt: .now()))
    }

    /// The prediction log of a model as it lies on the disk now.
    package func predictions(of model: String) throws -> [PredictionRecord] {
        try records(PredictionLogReader(folder: segments(of: model)))
    }

    /// The feedback log of a model as it lies on the disk now.
    package func feedback(of model: String) throws -> [FeedbackRecord] {
        try records(FeedbackLogReader(folder: segments(of: model)))
    }

    private func segments(of model: String) throws -> SegmentFolder {
        try SegmentFolder(root: logFolder, environment: Self.environment, model: model)
    }

    private func records<Record: SegmentRecord>(_ reader: SegmentReader<Record>) throws -> [Record] {
        let stream = try reader.records()
        var records: [Record] = []
        while let record = try stream.next() { records.append(record) }
        return records
    }
}
