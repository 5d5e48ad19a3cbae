import Synchronization

/// The models that answer right now, swapped as whole values.
///
/// A request takes its model once and keeps it to the end, so a swap never fails a request: the old version is freed
/// when the last request that holds it is answered.
public final class ServedModels: Sendable {
    /// A model that the registry deploys here, whether or not it answers.
    package struct Entry: Sendable {
        /// The version that answers; `nil` while none does.
        package var served: ServedModel?
        /// The version that the registry names.
        package var wanted: Int
        /// Whether an operator unloaded the model; it is then left alone until it is loaded again.
        package var isUnloaded = false
        /// Why the wanted version did not load, if it was tried and did not.
        package var failure: String?
    }

    private struct State {
        var entries: [String: Entry] = [:]
        var isReady = false
        var cache: PredictionCache?
    }

    private let state = Mutex(State())

    /// Starts with no model, not ready.
    public init() {}

    /// The served model of a name, or `nil`.
    public subscript(name: String) -> ServedModel? {
        state.withLock { $0.entries[name]?.served }
    }

    /// Whether a model answers.
    package func serves(_ name: String) -> Bool { state.withLock { $0.entries[name]?.served != nil } }

    /// All served models, sorted by name.
    public var all: [ServedModel] {
        state.withLock { $0.entries.values.compactMap(\.served) }.sorted { $0.name < $1.name }
    }

    /// All models that the registry deploys here, sorted by name.
    package var entries: [(name: String, entry: Entry)] {
        state.withLock { $0.entries.map { (name: $0.key, entry: $0.value) } }.sorted { $0.name < $1.name }
    }

    /// What is known of a model that the registry deploys here.
    package func entry(named name: String) -> Entry? { state.withLock { $0.entries[name] } }

    /// Forgets what it keeps of a version that is swapped out; set by the service that answers from it.
    var cache: PredictionCache? {
        get { state.withLock { $0.cache } }
        set { state.withLock { $0.cache = newValue } }
    }

    /// Whether every deployment was loaded once.
    public var isReady: Bool {
        get { state.withLock { $0.isReady } }
        set { state.withLock { $0.isReady = newValue } }
    }

    /// Notes which version the registry names.
    func want(_ name: String, version: Int) {
        state.withLock { $0.entries[name, default: Entry(wanted: version)].wanted = version }
    }

    /// Notes why the wanted version of a model did not load.
    func fail(_ name: String, because failure: String) {
        state.withLock { $0.entries[name]?.failure = failure }
    }

    /// Puts a model in the place of the one of its name, unless it was unloaded meanwhile.
    func swap(in model: ServedModel) {
        // The old value is let go outside the lock: freeing a large model takes a while.
        let (old, cache) = state.withLock { state -> (ServedModel?, PredictionCache?) in
            var entry = state.entries[model.name] ?? Entry(wanted: model.number)
            guard !entry.isUnloaded else { return (nil, nil) }
            let old = entry.served
            entry.served = model
            entry.failure = nil
            state.entries[model.name] = entry
            return (old, state.cache)
        }
        let kept = model.generations
        for generation in old?.generations ?? [] where !kept.contains(generation) {
            cache?.forget(generation: generation)
        }
        withExtendedLifetime(old) {}
    }

    /// Stops answering for a model until it is loaded again.
    ///
    /// - Returns: Whether the registry deploys such a model here.
    package func unload(_ name: String) -> Bool {
        let (isKnown, old, cache) = state.withLock { state -> (Bool, ServedModel?, PredictionCache?) in
            guard var entry = state.entries[name] else { return (false, nil, nil) }
            let old = entry.served
            entry.served = nil
            entry.isUnloaded = true
            state.entries[name] = entry
            return (true, old, state.cache)
        }
        for generation in old?.generations ?? [] { cache?.forget(generation: generation) }
        withExtendedLifetime(old) {}
        return isKnown
    }

    /// Lets the deployment of a model be followed again; the next look at the registry loads it.
    ///
    /// - Returns: Whether the registry deploys such a model here.
    package func load(_ name: String) -> Bool {
        state.withLock { state in
            guard state.entries[name] != nil else { return false }
            state.entries[name]?.isUnloaded = false
            state.entries[name]?.failure = nil
            return true
        }
    }
}
