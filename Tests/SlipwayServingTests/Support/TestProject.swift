import Foundation
import SlipwayData
import SlipwayEngines
import SlipwayFeatures
import SlipwayModel
import SlipwayMonitoring
import SlipwayRegistry
import SlipwaySQL
import SlipwayServing
import SlipwayStore
import SlipwayTesting
import Testing

/// A registry, a serving store, and logs on a real disk, with real models in them.
///
/// `churn` reads `age`, `income`, `contract`, and `region`, and has a feature view; its first version is a logistic
/// regression and its second one a boosting model, so that their answers differ. `bare` is a classifier of four
/// numbers that came without examples.
struct TestProject: Sendable {
    static let environment = "production"
    static let key = "customer_id"
    static let bindings = ["churn": ModelBinding(featureView: "customers", key: key)]

    let folder: TemporaryFolder
    let registry: Registry
    let features: SQLFeatureStore

    init() throws {
        folder = try TemporaryFolder()
        registry = Registry(
            store: try SQLRegistryStore(SQLiteDatabase(path: folder.path("registry.db"))),
            packagesFolder: folder.path("packages"), engines: [NativeEngine()])
        features = try SQLFeatureStore(SQLiteDatabase(path: folder.path("production.db")))
    }

    /// A project with `churn@1` and `bare@1` as champions, `churn@2` pushed, and the view replicated.
    static func ready() async throws -> TestProject {
        let project = try TestProject()
        try project.promote(try project.push("columns-logistic-plain", as: "churn", examples: Rows.examples()))
        try project.push("columns-boosting", as: "churn", examples: Rows.examples())
        try project.promote(try project.push("tree-classifier", as: "bare"))
        try await project.replicate(try Rows.customers())
        return project
    }

    var logFolder: String { folder.path("log") }

    @discardableResult
    func push(_ fixture: String, as name: String, examples: Table? = nil) throws -> ModelVersion {
        let options = SignatureOptions(target: examples == nil ? nil : "left", ignoredColumns: [Self.key])
        let submission = Submission(
            name: name, model: try Fixtures.model(fixture), examples: examples, options: options,
            lineage: Lineage(origin: .push))
        return try registry.push(submission, by: "tester").version
    }

    @discardableResult
    func promote(_ version: ModelVersion) throws -> Deployment {
        try #require(try registry.promote(version, to: Self.environment, by: "tester").deployment)
    }

    func version(_ reference: String) throws -> ModelVersion {
        try registry.resolve(ModelReference(parsing: reference), in: Self.environment)
    }

    func replicate(_ rows: Table) async throws {
        let view = FeatureView(name: "customers", source: "warehouse", query: "all", key: Self.key)
        try await features.activate(try await features.stage(rows, for: view, replicatedAt: .now()))
    }

    /// The prediction log of a model as it lies on the disk now.
    func predictions(of model: String) throws -> [PredictionRecord] {
        try records(PredictionLogReader(folder: segments(of: model)))
    }

    /// The feedback log of a model as it lies on the disk now.
    func feedback(of model: String) throws -> [FeedbackRecord] {
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
