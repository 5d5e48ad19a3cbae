package import SlipwayAccess

/// The model repository as the Open Inference Protocol's extension shows it, whatever carries it.
///
/// Models come from the registry: loading lets a deployed model answer that was unloaded, and takes no files.
package struct ModelRepository: Sendable {
    /// What the index says of a model.
    package struct Entry: Equatable, Sendable {
        /// The name of the model.
        package var name: String
        /// The version that answers, or the one that the registry names.
        package var version: String
        /// Whether the model answers.
        package var isReady: Bool
        /// Why it does not; empty when it does.
        package var reason: String

        /// The protocol's word for whether it answers.
        package var state: String { isReady ? "READY" : "UNAVAILABLE" }
    }

    /// How long a request to load waits for the model to answer.
    package static let loadingMax = Duration.seconds(60)
    private static let pause = Duration.milliseconds(20)

    private let models: ServedModels

    /// Shows what a server has.
    package init(_ models: ServedModels) { self.models = models }

    /// The versions that the registry deploys here and the caller may view.
    package func index(readyOnly: Bool, for caller: Principal) -> [Entry] {
        models.entries.flatMap { name, entry -> [Entry] in
            guard !readyOnly || entry.served != nil, caller.may(.view, on: name) else { return [] }
            // Beside the champion a canary answers, so it is a version that is ready as well.
            return (entry.served?.answering.map(\.number) ?? [entry.wanted]).map { version in
                Entry(name: name, version: String(version), isReady: entry.served != nil, reason: entry.reason)
            }
        }
    }

    /// Lets a model answer again, and waits until it does.
    ///
    /// - Parameters:
    ///   - parameters: The names of the parameters that came with the request, of which none is taken.
    ///   - deadline: After this nobody waits any more.
    /// - Throws: ``ServingError``: `malformed`, `unknownModel`, `loadFailed`, or `notReady` while it is being loaded.
    package func load(
        _ name: String, parameters: [String], until deadline: ContinuousClock.Instant? = nil
    ) async throws(ServingError) {
        if let first = parameters.first {
            throw ServingError(
                .malformed, "a model cannot be loaded with '\(first.prefix(80))': models come from the registry",
                hint: "Push the model and promote it: slipway model push, slipway model promote.", field: first)
        }
        guard models.load(name) else { throw unknown(name) }
        let latest = ContinuousClock.now.advanced(by: Self.loadingMax)
        let end = deadline.map { min($0, latest) } ?? latest
        while ContinuousClock.now < end, !Task.isCancelled {
            guard let entry = models.entry(named: name) else { throw unknown(name) }
            if entry.served != nil { return }
            if let failure = entry.failure {
                throw ServingError(.loadFailed, "\(name)@\(entry.wanted) does not load", cause: failure)
            }
            try? await Task.sleep(for: Self.pause)
        }
        throw ServingError(.notReady, "\(name.prefix(80)) is still being loaded", retryAfterSeconds: 5)
    }

    /// Stops answering for a model.
    ///
    /// - Throws: ``ServingError`` of kind `unknownModel`.
    package func unload(_ name: String) throws(ServingError) {
        guard models.unload(name) else { throw unknown(name) }
    }

    private func unknown(_ name: String) -> ServingError {
        ServingError(
            .unknownModel, "the registry deploys no model '\(name.prefix(80))' here",
            hint: "The repository's index lists what it deploys.")
    }
}

extension ServedModels.Entry {
    /// Why a model does not answer; empty when it does.
    fileprivate var reason: String {
        if served != nil { return "" }
        if isUnloaded { return "unloaded" }
        return failure == nil ? "loading" : "the version does not load"
    }
}
