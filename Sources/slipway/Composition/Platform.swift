import Foundation
import SlipwayAccess
import SlipwayConnectors
import SlipwayData
import SlipwayDuckDB
import SlipwayFeatures
import SlipwayModel
import SlipwayMonitoring
import SlipwayPipelines
import SlipwayPostgreSQL
import SlipwayRegistry
import SlipwaySQL
import SlipwayServing
import SlipwayStore

/// A project with everything it needs put together: the one place where adapters meet.
struct Platform: Sendable {
    /// The environment whose champion a bare model name means.
    static let defaultEnvironment = "production"

    /// The validated project file.
    let project: ProjectConfiguration
    /// Models, versions, deployments, and the audit log.
    let registry: Registry
    /// The keys that applications call servers with.
    let keys: KeyRegistry
    /// What holds the registry, the keys, and the runs of what changes them.
    let database: any SQLDatabase
    private let sources = OpenedSources()

    /// Opens the registry of a project.
    init(project: ProjectConfiguration) throws {
        self.project = project
        let state = project.folder.statePath
        database =
            switch project.store {
            case .sqlite:
                try SQLiteDatabase(
                    path: "\(state)/registry.db", options: SQLiteDatabase.Options(durability: .survivesPowerCut))
            case .postgres(let address):
                try Self.postgreSQL(address, schema: StoreSchema.name(project: project.name), of: project)
            }
        let archive: PostgreSQLPackageArchive? =
            if case .postgres = project.store { try PostgreSQLPackageArchive(database) } else { nil }
        registry = Registry(
            store: try SQLRegistryStore(database), packagesFolder: "\(state)/packages", engines: Engines.all,
            archive: archive, gates: project.models.mapValues(\.registryGate))
        keys = KeyRegistry(store: try SQLAccessStore(database))
    }

    /// The folder of the prediction and feedback logs.
    var logFolder: String { "\(project.folder.statePath)/log" }

    /// The folder of the snapshots.
    var snapshots: SnapshotFolder {
        SnapshotFolder(path: "\(project.folder.statePath)/snapshots", parquet: Parts.parquet)
    }

    /// The digests of the rows that a version was trained on, or that an environment holds a copy of.
    func digestsInUse() throws -> Set<SHA256Digest> {
        var digests: Set<SHA256Digest> = []
        for model in try registry.store.models() {
            for version in try registry.store.versions(of: model) {
                if let digest = try registry.package(of: version).lineage.dataDigest { digests.insert(digest) }
            }
        }
        for environment in project.environments.keys.sorted() {
            for copy in try featureStore(of: environment).liveGenerations() { digests.insert(copy.digest) }
        }
        return digests
    }

    /// Opens the serving store of an environment.
    func featureStore(of environment: String) throws -> any FeatureStore {
        try SQLFeatureStore(try database(of: environment))
    }

    /// Opens the database that holds the state of an environment.
    func database(of environment: String) throws -> any SQLDatabase {
        switch try project.environment(named: environment).store {
        case .sqlite: try SQLiteDatabase(path: project.folder.storePath(environment: environment))
        case .postgres(let address):
            try Self.postgreSQL(
                address, schema: StoreSchema.name(project: project.name, environment: environment), of: project)
        }
    }

    private static func postgreSQL(
        _ address: TextReference, schema: String, of project: ProjectConfiguration
    ) throws -> PostgreSQLDatabase {
        try PostgreSQLDatabase(
            address: try project.url(address, environment: ProcessInfo.processInfo.environment), schema: schema)
    }

    /// A source, which is the same one whoever asks: how often it failed counts for all.
    func source(named name: String) throws -> any DataSource {
        try sources.source(named: name) { try open(name) }
    }

    private func open(_ name: String) throws -> any DataSource {
        let source = try project.source(named: name)
        let address = try project.address(of: source, environment: ProcessInfo.processInfo.environment)
        let base: any DataSource =
            switch source.kind {
            case .sqlite: SQLiteSource(name: name, path: address)
            case .csv:
                CSVFolderSource(
                    name: name, folder: address, parsing: source.parsing,
                    quarantine: Quarantine(folder: "\(project.folder.statePath)/quarantine/\(name)"))
            case .postgres: PostgreSQLSource(name: name, address: address)
            case .duckdb: DuckDBSource(name: name, path: address, use: source.databaseUse)
            case .files: FilesSource(name: name, path: address, use: source.databaseUse)
            case .http: try api(source, address: address)
            case .s3: try project.bucketSource(source)
            }
        return ResilientSource(base, policy: source.policy, clock: ContinuousClock())
    }

    private func api(_ source: SourceConfiguration, address: String) throws -> HTTPSource {
        let environment = ProcessInfo.processInfo.environment
        let token = try source.api?.token.map { try project.secret($0, environment: environment) }
        return try HTTPSource(
            name: source.name, address: address, token: token, tables: source.api?.tables ?? [],
            limits: source.api?.limits ?? HTTPLimits())
    }

    /// The keyed digest that covers personal fields; `nil` where none is covered.
    func keyedDigest(for privacy: ViewPrivacy) throws -> (@Sendable ([UInt8]) -> [UInt8])? {
        guard !privacy.policies.isEmpty else { return nil }
        return try PrivacyKey.keyedDigest(stateFolder: project.folder.statePath)
    }

    /// What decrypts the columns that come encrypted.
    func ciphers(for privacy: ViewPrivacy) throws -> [String: ColumnCipher] {
        let environment = ProcessInfo.processInfo.environment
        return try privacy.ciphers.mapValues { try project.cipher($0, environment: environment) }
    }

    /// What is done to personal columns before rows are kept.
    func filter(for privacy: ViewPrivacy) throws -> PrivacyFilter {
        PrivacyFilter(
            policies: privacy.policies, ciphers: try ciphers(for: privacy),
            keyedDigest: try keyedDigest(for: privacy) ?? { _ in [] })
    }

    /// The prediction log of a model in an environment.
    ///
    /// - Throws: An error that says what there is instead, when no such model was ever pushed.
    func predictionLog(of model: String, in environment: String) throws -> PredictionLogReader {
        _ = try project.environment(named: environment)
        _ = try latest(of: model)
        return PredictionLogReader(folder: try logSegments(of: model, in: environment))
    }

    /// Where the logs of a model in an environment lie.
    func logSegments(of model: String, in environment: String) throws(LogError) -> SegmentFolder {
        try SegmentFolder(root: logFolder, environment: environment, model: model, parquet: Parts.parquet)
    }

    /// The field by which the features of a model are looked up; `nil` for a model without a feature view.
    func lookUpKey(of model: String) -> String? {
        project.models[model]?.features.flatMap { project.features[$0]?.key }
    }

    /// How a model is called by a server.
    ///
    /// - Throws: ``DataError`` when a model hashes fields and the project's secret key can be neither read nor made.
    func bindings() throws(DataError) -> [String: ModelBinding] {
        var bindings: [String: ModelBinding] = [:]
        for (name, model) in project.models {
            let view = model.features.flatMap { project.features[$0] }
            var binding = ModelBinding(
                featureView: model.features, featureUse: view?.use ?? FeatureUse(),
                storedPredictions: model.predictions.flatMap { project.features[$0] }.map {
                    StoredPredictionView(
                        name: $0.name, key: $0.key, use: $0.use, hiddenColumns: Set($0.privacy.ciphers.keys))
                }, key: lookUpKey(of: name), privacy: model.privacy, viewPrivacy: view?.privacy.loggedPolicies ?? [:])
            if binding.hashes {
                binding.keyedDigest = try PrivacyKey.keyedDigest(stateFolder: project.folder.statePath)
            }
            bindings[name] = binding
        }
        return bindings
    }

    /// The latest version of a model.
    ///
    /// - Throws: An error that says what there is instead, when no such model was ever pushed.
    func latest(of model: String) throws -> ModelVersion {
        try registry.resolve(ModelReference(model: model, selector: .latest), in: Self.defaultEnvironment)
    }

    /// The version that a reference means, with the project's and the registry's word for what is not there.
    func resolve(_ text: String, in environment: String? = nil) throws -> ModelVersion {
        let environment = environment ?? Self.defaultEnvironment
        _ = try project.environment(named: environment)
        return try registry.resolve(ModelReference(parsing: text), in: environment)
    }
}
