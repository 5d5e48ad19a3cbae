import Synchronization

/// The models that answer right now, swapped as whole values.
///
/// A request takes its model once and keeps it to the end, so a swap never fails a request: the old version is freed
/// when the last request that holds it is answered.
public final class ServedModels: Sendable {
    private struct State {
        var models: [String: ServedModel] = [:]
        var isReady = false
    }

    private let state = Mutex(State())

    /// Starts with no model, not ready.
    public init() {}

    /// The served model of a name, or `nil`.
    public subscript(name: String) -> ServedModel? {
        state.withLock { $0.models[name] }
    }

    /// All served models, sorted by name.
    public var all: [ServedModel] {
        state.withLock { Array($0.models.values) }.sorted { $0.name < $1.name }
    }

    /// Whether every deployment was loaded once.
    public var isReady: Bool {
        get { state.withLock { $0.isReady } }
        set { state.withLock { $0.isReady = newValue } }
    }

    /// Puts a model in the place of the one of its name.
    func swap(in model: ServedModel) {
        // The old value is let go outside the lock: freeing a large model takes a while.
        let old = state.withLock { state in
            let old = state.models[model.name]
            state.models[model.name] = model
            return old
        }
        withExtendedLifetime(old) {}
    }
}
