extension PredictionService {
    /// Answers a request of the Open Inference Protocol.
    ///
    /// - Throws: ``ServingError``; a request that does not fit the model is refused before anything is predicted.
    package func infer(
        _ request: InferenceRequest, with served: ServedModel, call: Call
    ) async throws(ServingError) -> InferenceAnswer {
        InferenceAnswer(to: request, try await infer(request.rows(for: served), with: served, call: call))
    }

    /// The served model of a name and a version as callers write it.
    ///
    /// - Parameter version: `nil` for the one that is served.
    /// - Throws: ``ServingError`` of kind `unknownModel`, or `notReady`.
    package func served(_ name: String, versionText version: String?) throws(ServingError) -> ServedModel {
        guard let version else { return try served(name) }
        guard let number = Int(version) else {
            throw ServingError(.unknownModel, "'\(version.prefix(40))' is no version of \(name.prefix(80))")
        }
        return try served(name, version: number)
    }
}
