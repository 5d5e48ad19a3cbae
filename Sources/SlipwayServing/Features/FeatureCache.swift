import SlipwayData
import Synchronization

/// Rows that were looked up lately, for those that ask for the same keys again.
///
/// It holds two halves: what is asked for moves to the younger one, and when that is full the older one goes. So what
/// was not asked for the longest goes first, roughly, and each use takes constant time.
final class FeatureCache: Sendable {
    /// The rows that are kept, over all views.
    static let rowCountMax = 200_000

    /// A key of a view, as it was given.
    struct Place: Hashable, Sendable {
        var view: String
        var key: Value
    }

    private struct Entry {
        var features: FoundFeatures
        var since: ContinuousClock.Instant
    }

    private struct State {
        var young: [Place: Entry] = [:]
        var old: [Place: Entry] = [:]
    }

    private let state = Mutex(State())
    private let rowCountMax: Int

    /// Makes an empty cache.
    init(rowCountMax: Int = FeatureCache.rowCountMax) { self.rowCountMax = rowCountMax }

    /// The rows that it holds.
    var rowCount: Int { state.withLock { $0.young.count + $0.old.count } }

    /// What was found before, if that is not older than it may be.
    func features(at place: Place, now: ContinuousClock.Instant, ageMax: Duration) -> FoundFeatures? {
        state.withLock { state in
            guard let entry = state.young[place] ?? state.old[place], now - entry.since <= ageMax else { return nil }
            if state.young[place] == nil { keep(entry, at: place, in: &state) }
            return entry.features
        }
    }

    /// What was found last, however long ago.
    func features(at place: Place) -> FoundFeatures? {
        state.withLock { ($0.young[place] ?? $0.old[place])?.features }
    }

    /// Keeps what was found.
    func keep(_ features: FoundFeatures, at place: Place, now: ContinuousClock.Instant) {
        state.withLock { keep(Entry(features: features, since: now), at: place, in: &$0) }
    }

    private func keep(_ entry: Entry, at place: Place, in state: inout State) {
        if state.young.count >= rowCountMax / 2, state.young[place] == nil {
            state.old = state.young
            state.young = [:]
        }
        state.young[place] = entry
    }
}
