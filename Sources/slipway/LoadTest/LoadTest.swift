import SlipwayData
import SlipwayLoad

/// A load test from its first step to its verdict.
struct LoadTest: Sendable {
    /// One rate that was tried.
    struct Step: Sendable {
        var rate: Double
        var result: LoadResult
        /// Whether the p99 was held; `nil` where none was asked for.
        var isHeld: Bool?
        /// Whether most requests failed, which is no outcome to go on with, whatever was asked for.
        var isMostlyFailed = false
    }

    /// The pause between two rates, in which a server may finish what it still has to do.
    private static let pause = Duration.seconds(1)

    let mode: LoadTestMode
    let plan: LoadPlan
    /// The p99 that is to be held.
    let p99: Duration?
    let requests: LoadRequests
    /// Called after each rate.
    let onStep: @Sendable (Step) -> Void

    /// Runs the test.
    func run(_ client: LoadClient) async throws -> LoadTestReport {
        switch mode {
        case .rate(let rate):
            let step = try await step(client, rate)
            return LoadTestReport(mode: mode, p99: p99, steps: [step], rateFound: nil)
        case .double(let expected):
            let calm = try await step(client, expected)
            try await Task.sleep(for: Self.pause)
            // Twice as much may be refused; what is admitted may not suffer.
            let doubled = try await step(client, 2 * expected, isSheddingAllowed: true)
            return LoadTestReport(mode: mode, p99: p99, steps: [calm, doubled], rateFound: nil)
        case .findRate(let first): return try await find(client, from: first)
        }
    }

    private func find(_ client: LoadClient, from first: Double) async throws -> LoadTestReport {
        var search = RateSearch(from: first)
        var steps: [Step] = []
        while true {
            switch search.step {
            case .attempt(let rate), .confirm(let rate):
                var step = try await step(client, rate, isHopelessCutShort: true)
                if step.result.isClientLate, step.isHeld != true {
                    // It may have been a hiccup of this machine, which says nothing of the server.
                    try await Task.sleep(for: Self.pause)
                    step = try await self.step(client, rate, isHopelessCutShort: true)
                }
                steps.append(step)
                search.take(held: step.isHeld ?? false)
                try await Task.sleep(for: Self.pause)
            case .done(let rate): return LoadTestReport(mode: mode, p99: p99, steps: steps, rateFound: rate)
            }
        }
    }

    private func step(
        _ client: LoadClient, _ rate: Double, isSheddingAllowed: Bool = false, isHopelessCutShort: Bool = false
    ) async throws -> Step {
        var plan = plan
        plan.rate = rate
        if isHopelessCutShort { plan.giveUpAbove = p99 }
        let result = try await client.run(requests, plan)
        let step = Step(
            rate: rate, result: result, isHeld: p99.map { result.holds(p99: $0, isSheddingAllowed: isSheddingAllowed) },
            isMostlyFailed: result.isMostlyFailed(isSheddingAllowed: isSheddingAllowed))
        onStep(step)
        return step
    }
}
