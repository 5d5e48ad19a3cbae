import SlipwayData

/// What is taken when a snapshot is taken: the rows that a name of the project stands for.
struct SnapshotSubject: Sendable {
    /// The name.
    var name: String
    /// The rows.
    var rows: SnapshotConfiguration.Rows
    /// How many snapshots of the name are kept, and how long.
    var retention: SnapshotRetention
    /// The columns that the rows must have, with who asks for them.
    var neededColumn: String?
    /// The policies of columns that the rows need not have.
    var privacyWhereFound = ViewPrivacy()

    /// The query of the rows.
    var query: String { rows.rows.query }
}

extension ProjectConfiguration {
    /// What a name stands for: an entry of `snapshots`, else the training rows of a model, else a feature view.
    ///
    /// - Throws: ``ConfigurationError`` of kind `notFound` that names what there is.
    func snapshotSubject(named name: String) throws(ConfigurationError) -> SnapshotSubject {
        let entry = snapshots[name]
        let retention = entry?.retention ?? SnapshotRetention()
        if let rows = entry?.rows { return SnapshotSubject(name: name, rows: rows, retention: retention) }
        if let model = models[name], let training = model.training {
            return SnapshotSubject(
                name: name,
                rows: .init(source: training.source, rows: training.rows, pointInTime: training.pointInTime),
                retention: retention, neededColumn: model.target,
                privacyWhereFound: model.features.flatMap { features[$0]?.privacy } ?? ViewPrivacy())
        }
        if let view = features[name] {
            return SnapshotSubject(
                name: name, rows: .init(source: view.source, rows: .query(view.query), privacy: view.privacy),
                retention: retention, neededColumn: view.key)
        }
        if models[name] != nil {
            throw ConfigurationError(
                .notFound, "\(folder.file) does not say how \(name) is trained",
                hint: "Add models.\(name).train with a command and its data.")
        }
        let known = Set(snapshots.keys).union(models.filter { $0.value.training != nil }.keys).union(features.keys)
        throw ConfigurationError(
            .notFound,
            "\(folder.file) defines no snapshot, model or feature view \(Quotation.quoted(name))"
                + Suggestion.ending(for: name, among: known.sorted()),
            hint: known.isEmpty ? "Add the snapshot to \(folder.file)." : nil)
    }
}
