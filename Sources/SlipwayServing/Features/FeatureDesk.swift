import SlipwayData
import SlipwayFeatures

/// Looks features up for calls: from the cache, or from the store within a time.
///
/// A store on this machine's disk is asked on the thread that answers the request, as it takes microseconds. One behind
/// a network is asked on threads of the desk's own, and look-ups that wait for a thread together are made as one.
final class FeatureDesk: Sendable {
    /// The threads that wait for a store behind a network.
    static let threadCount = 4
    /// The look-ups that wait or are being made.
    static let waitingCountMax = 512

    private struct LookUp: Sendable {
        var view: String
        var keys: [Value]
        var deadline: ContinuousClock.Instant?
    }

    private let store: any FeatureStore
    private let cache = FeatureCache()
    private let figures = FeatureFigures()
    private let pool = WorkPool(
        name: "look-ups", threadCount: threadCount, waitingCountMax: waitingCountMax, niceness: 0)
    private let lane: WorkLane<LookUp, FeatureRows>

    /// Makes a desk over a store, and shows what it does in the metrics.
    init(_ store: any FeatureStore, metrics: ServingMetrics) {
        self.store = store
        lane = WorkLane(
            "look-ups of features", countMax: Self.waitingCountMax, weightMax: FeatureLimits.keyCountMax
        ) { pieces in Self.answer(pieces, from: store) }
        let figures = figures
        metrics.section("features") { figures.write(to: &$0) }
    }

    /// Finds what is stored for keys of a view, in their order.
    ///
    /// - Throws: ``ServingError``: `featuresUnavailable` also where the look-up takes longer than it may.
    func find(
        _ keys: [Value], in view: String, use: FeatureUse, until deadline: ContinuousClock.Instant?
    ) async throws(ServingError) -> [FoundFeatures] {
        let begin = ContinuousClock.now
        var found: [FoundFeatures?] = keys.map { key in
            use.cacheAge.flatMap { cache.features(at: .init(view: view, key: key), now: begin, ageMax: $0) }
        }
        let missing = found.indices.filter { found[$0] == nil }
        if !missing.isEmpty {
            let rows: FeatureRows
            do throws(ServingError) {
                rows = try await look(missing.map { keys[$0] }, view, use, until: deadline, begin: begin)
            } catch {
                for (index, features) in zip(missing, try standIns(for: missing.map { keys[$0] }, view, use, error)) {
                    found[index] = features
                }
                return found.compactMap(\.self)
            }
            for (index, row) in zip(missing, rows.rows) {
                let features = FoundFeatures(row: row, replicatedAt: rows.generation.replicatedAt)
                found[index] = features
                if use.cacheAge != nil { cache.keep(features, at: .init(view: view, key: keys[index]), now: begin) }
            }
        }
        let all = found.compactMap(\.self)
        let unknownCount = missing.count { found[$0]?.row == nil }
        figures.count(
            view, found: missing.count - unknownCount, unknown: unknownCount, cached: keys.count - missing.count,
            seconds: (.now - begin) / .seconds(1))
        return all
    }

    /// What answers for keys where the store could not.
    ///
    /// - Throws: What the store failed with, where nothing may or can stand in.
    private func standIns(
        for keys: [Value], _ view: String, _ use: FeatureUse, _ failure: ServingError
    ) throws(ServingError) -> [FoundFeatures] {
        guard failure.kind == .featuresUnavailable || failure.kind == .busy else { throw failure }
        var found: [FoundFeatures] = []
        let kind: FeatureStandIn
        switch use.onFailure {
        case .fail: throw failure
        case .stale:
            kind = .stale
            found = keys.compactMap { cache.features(at: .init(view: view, key: $0)) }
            guard found.count == keys.count else { throw failure }
        case .defaults(let row):
            kind = .default
            found = keys.map { _ in FoundFeatures(row: row, replicatedAt: .now()) }
        }
        figures.count(view, standIns: kind, keys.count)
        for index in found.indices { found[index].standIn = (kind, failure) }
        return found
    }

    private func look(
        _ keys: [Value], _ view: String, _ use: FeatureUse, until deadline: ContinuousClock.Instant?,
        begin: ContinuousClock.Instant
    ) async throws(ServingError) -> FeatureRows {
        let own = use.timeout.map { begin + $0 }
        let end = [own, deadline].compactMap(\.self).min()
        let lookUp = LookUp(view: view, keys: keys, deadline: end)
        do throws(ServingError) {
            guard store.isLocal else { return try await lane.run(lookUp, weight: keys.count, until: end, on: pool) }
            do throws(FeatureError) {
                return try store.lookUp(view: view, keys: keys, until: end)
            } catch {
                throw Self.refusal(error)
            }
        } catch {
            figures.countFailure(view)
            guard error.kind == .deadlineExceeded, let own, own == end else { throw error }
            throw ServingError(
                .featuresUnavailable, "the stored features of '\(view)' did not come in time",
                hint: "Try again, or send all fields.", retryAfterSeconds: 1)
        }
    }

    /// Makes look-ups that waited together, those in one view as one.
    private static func answer(
        _ pieces: [LookUp], from store: any FeatureStore
    ) -> [Result<FeatureRows, ServingError>] {
        var answers = [Result<FeatureRows, ServingError>?](repeating: nil, count: pieces.count)
        for view in Set(pieces.map(\.view)) {
            let places = pieces.indices.filter { pieces[$0].view == view }
            // Who waits longest decides; the others are answered at their own deadlines.
            let deadlines = places.map { pieces[$0].deadline }
            let deadline = deadlines.contains(nil) ? nil : deadlines.compactMap(\.self).max()
            let answer = Result { () throws(FeatureError) in
                try store.lookUp(view: view, keys: places.flatMap { pieces[$0].keys }, until: deadline)
            }
            var start = 0
            for place in places {
                let count = pieces[place].keys.count
                answers[place] = answer.mapError(refusal).map { all in
                    FeatureRows(rows: Array(all.rows[start..<start + count]), generation: all.generation)
                }
                start += count
            }
        }
        return answers.map { $0 ?? .failure(.deadlineExceeded) }
    }

    private static func refusal(_ error: FeatureError) -> ServingError {
        error.kind == .deadlineExceeded ? .deadlineExceeded : ServingError(error)
    }
}
