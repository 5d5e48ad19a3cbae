/// What every ``InferenceEngine`` must hold for every graph that it supports.
///
/// A test runs all claims over all fixtures, and says by itself which fixtures the engine may decline:
///
///     @Test(arguments: fixtures, EngineConformance.claims)
///     func conforms(_ fixture: EngineFixture, _ claim: ConformanceClaim<EngineTrial>) async throws {
///         try await claim.check(EngineTrial(engine: engine, fixture: fixture))
///     }
public enum EngineConformance {
    /// The claims.
    public static let claims: [ConformanceClaim<EngineTrial>] = answers + refusals

    private static let answers = [
        claim("the answers are those of the reference") { $0.expectedOutputs() },
        claim("a row alone gets the answer that it gets among others") { $0.singleRows() },
        claim("no rows get no answers, or are refused") { $0.noRows() },
        ConformanceClaim("calls at the same time get exactly the answer of a call alone") { (trial: EngineTrial) in
            try failing(for: await trial.concurrentCalls())
        },
    ]

    private static let refusals = [
        claim("a missing input is refused") { $0.missingInputs() },
        claim("text for numbers and numbers for text are refused") { $0.wrongTypes() },
        claim("a row wider than the graph declares is refused") { $0.wrongWidths() },
    ]

    private static func claim(
        _ description: String, problems: @escaping @Sendable (EngineTrial) -> [String]
    ) -> ConformanceClaim<EngineTrial> {
        ConformanceClaim(description) { trial in try failing(for: problems(trial)) }
    }

    private static func failing(for problems: [String]) throws(ConformanceFailure) {
        if !problems.isEmpty { throw ConformanceFailure(problems.joined(separator: "; ")) }
    }
}
