/// What `slipway.yaml` says, checked as a whole.
struct ProjectConfiguration: Equatable, Sendable {
    /// The name of the project file.
    static let fileName = "slipway.yaml"

    /// The name of the project.
    var name: String
    /// Where the project lies.
    var folder: ProjectFolder
    /// Where the registry and the keys are kept.
    var store = EnvironmentConfiguration.Store.sqlite
    /// The environments by name; `test` and `production` when the file names none.
    var environments: [String: EnvironmentConfiguration]
    /// The sources by name.
    var sources: [String: SourceConfiguration]
    /// The feature views by name.
    var features: [String: FeatureConfiguration]
    /// The models by name.
    var models: [String: ModelConfiguration]
    /// The snapshots that the file names rows or limits for, by name.
    var snapshots: [String: SnapshotConfiguration] = [:]
    /// The batches by name.
    var batches: [String: BatchConfiguration] = [:]
    /// How the logs are kept, where an environment says nothing else.
    var log = LogConfiguration()
    /// How servers answer.
    var serving = ServingConfiguration()
    /// The parts that are valid but have no effect in this version.
    var notices: [ConfigurationNotice]
}
