/// What a race over one subject gave, as tables and JSON show it.
struct Comparison: Codable, Sendable {
    /// One contender beside Slipway, or beside Slipway with the same file.
    struct Entry: Codable, Sendable {
        /// Seconds per row in one call for the whole batch.
        var batch: Spread
        /// Seconds per row in one call per row.
        var single: Spread
        /// The seconds of the batch divided by Slipway's of the same round.
        var batchRatio: Spread
        /// The seconds of single rows divided by Slipway's of the same round.
        var singleRatio: Spread
        /// The largest relative difference between its answers and Slipway's; `nil` where answers are no numbers.
        var difference: Double?
        /// What loading costs; `nil` where it was not asked for.
        var load: LoadCost?
        /// What was counted per row; `nil` where it was not asked for.
        var events: EventCounts?
    }

    /// The name of the subject.
    let name: String
    /// What it is, in words.
    let title: String
    /// The rows in the batch.
    let rowCount: Int
    /// The contender that the others are compared with.
    let own: String
    /// What a row asks of the model; `nil` for a fixture.
    let work: Work?
    /// The contenders that ran, by ``ContenderKind``.
    var entries: [String: Entry] = [:]
    /// Why the others did not.
    var reasons: [String: String] = [:]

    /// The entry of a contender.
    subscript(kind: ContenderKind) -> Entry? {
        get { entries[kind.rawValue] }
        set { entries[kind.rawValue] = newValue }
    }

    /// Loads a subject into contenders and lets them race.
    ///
    /// - Parameter own: The contender that the others are compared with.
    init(
        of subject: Subject, among kinds: [ContenderKind], own kind: ContenderKind = .slipway, libraries: Libraries,
        race: Race
    ) throws {
        (name, title, rowCount, work) = (subject.name, subject.title, subject.rowCount, subject.work)
        self.own = kind.rawValue
        var contenders: [(kind: ContenderKind, contender: any Contender)] = []
        var answers: [ContenderKind: [Double]] = [:]
        for kind in kinds {
            do {
                let contender = try kind.load(subject, libraries)
                answers[kind] = try contender.answers()
                contenders.append((kind, contender))
            } catch {
                reasons[kind.rawValue] = "\(error)"
            }
        }
        let times = try race.run(contenders, on: subject)
        guard let own = times[kind] else { return }
        let ownAnswers = answers[kind] ?? []
        for (kind, theirs) in times {
            guard let batch = Spread(theirs.batch), let single = Spread(theirs.single),
                let batchRatio = Spread(zip(theirs.batch, own.batch).map(/)),
                let singleRatio = Spread(zip(theirs.single, own.single).map(/))
            else { continue }
            self[kind] = Entry(
                batch: batch, single: single, batchRatio: batchRatio, singleRatio: singleRatio,
                difference: Self.difference(answers[kind] ?? [], ownAnswers))
        }
    }

    private static func difference(_ theirs: [Double], _ own: [Double]) -> Double? {
        guard !theirs.isEmpty, theirs.count == own.count else { return nil }
        return zip(theirs, own).reduce(0.0) { largest, pair in
            if pair.0 == pair.1 || (pair.0.isNaN && pair.1.isNaN) { return largest }
            let difference = abs(pair.0 - pair.1) / max(abs(pair.0), abs(pair.1), 1)
            return difference.isNaN ? .infinity : max(largest, difference)
        }
    }
}
