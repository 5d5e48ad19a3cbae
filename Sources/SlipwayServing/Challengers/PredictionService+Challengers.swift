package import SlipwayMonitoring

extension PredictionService {
    /// How the challenger of a model does beside it, by the logs of the last day at most.
    ///
    /// - Throws: ``ServingError``: `unknownModel` when there is no challenger, else why the logs cannot be read.
    package func comparison(
        of served: ServedModel
    ) async throws(ServingError) -> (challenger: ServedChallenger, report: ChallengerComparison) {
        guard let challenger = served.challenger else {
            throw ServingError(
                .unknownModel, "\(served.name) has no challenger",
                hint: "Deploy one: slipway model deploy \(served.name)@latest --shadow")
        }
        return (challenger, try await comparisons.comparison(of: served, with: challenger))
    }
}
