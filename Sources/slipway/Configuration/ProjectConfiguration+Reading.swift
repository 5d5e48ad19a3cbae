import SlipwayData

extension ProjectConfiguration {
    /// The keys of a project file; the last four are read but have no effect in this version.
    static let keys = [
        "project", "store", "environments", "log", "serving", "sources", "features", "models", "snapshots", "batches",
        "alerts", "channels", "pipelines", "reports",
    ]

    /// Reads a project file's bytes.
    ///
    /// - Throws: ``ConfigurationError`` that lists every problem of the file.
    init(bytes: [UInt8], folder: ProjectFolder) throws(ConfigurationError) {
        let document = try YAMLDocument(bytes: bytes, file: folder.file)
        var reader = ConfigurationReader(problems: document.problems)
        let configuration = reader.project(document.root, folder: folder)
        guard reader.problems.isEmpty, let configuration else {
            throw ConfigurationError(problems: reader.problems, in: folder.file)
        }
        self = configuration
    }
}

extension ConfigurationReader {
    /// Reads the whole file.
    fileprivate mutating func project(_ root: YAMLNode, folder: ProjectFolder) -> ProjectConfiguration? {
        if case .null = root.content, problems.isEmpty {
            report("the file is empty; write at least project: \(folder.suggestedName)", at: root)
            return nil
        }
        let example = "project: \(folder.suggestedName)"
        guard let fields = fields(of: root, keys: ProjectConfiguration.keys, expecting: example) else { return nil }
        reportSecrets(below: root)
        let name = required("project", of: fields, as: .name(example: folder.suggestedName))
        let store = optional("store", of: fields, as: .store) ?? .sqlite
        var environments = section("environments", of: fields, as: Form.environment)
        if fields["environments"]?.value.entries.isEmpty ?? true {
            for name in EnvironmentConfiguration.defaultNames {
                environments[name] = EnvironmentConfiguration(name: name)
            }
        }
        let sources = section("sources", of: fields, as: Form.source)
        let sourceNames = names(in: "sources", of: fields)
        var features = section("features", of: fields) { .feature(named: $0, sources: sourceNames) }
        let views = DeclaredViews(names: names(in: "features", of: fields), views: features)
        let models = section("models", of: fields) { .model(named: $0, views: views, sources: sourceNames) }
        for model in models.values.sorted(by: { $0.name < $1.name }) {
            if let view = model.predictions { features[view]?.holdPredictions(of: model.name) }
        }
        let modelNames = names(in: "models", of: fields)
        let snapshots = section("snapshots", of: fields) {
            .snapshot(named: $0, sources: sourceNames, views: views, models: modelNames)
        }
        let environmentNames = Array(environments.keys).sorted()
        let batches = section("batches", of: fields) {
            .batch(named: $0, sources: sourceNames, environments: environmentNames)
        }
        let log = optional("log", of: fields, as: .log) ?? LogConfiguration()
        let serving = optional("serving", of: fields, as: .serving) ?? ServingConfiguration()
        readLaterSections(of: fields)
        return name.map {
            ProjectConfiguration(
                name: $0, folder: folder, store: store, environments: environments, sources: sources,
                features: features, models: models, snapshots: snapshots, batches: batches, log: log,
                serving: serving, notices: notices)
        }
    }

    private func names(in section: String, of fields: Fields) -> [String] {
        fields[section]?.value.entries.map(\.key) ?? []
    }
}
