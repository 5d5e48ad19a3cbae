import SlipwayMonitoring
import SlipwayRegistry
import SlipwayTesting
import Testing

@testable import SlipwayServing

struct CanaryTrialTests {
    /// What the two versions of a trial are asked.
    private struct Sides {
        let champion = CallTally()
        let challenger = CallTally()

        func trial(_ guardrail: Guardrail) -> CanaryTrial {
            CanaryTrial(guardrail: guardrail, champion: champion, challenger: challenger)
        }

        func answer(_ role: PredictionRecord.Role, in time: Duration, isPinned: Bool = false) {
            let outcome = CallOutcome.answered(rowCount: 1, latency: time, modelTime: time)
            (role == .champion ? champion : challenger).count(outcome, by: .rest, isPinned: isPinned)
        }

        func fail(_ role: PredictionRecord.Role) {
            (role == .champion ? champion : challenger).count(
                .failed(.inferenceFailed, latency: .zero), by: .inferenceGRPC)
        }
    }

    /// Counts calls of both sides; the champion is called nine times as often.
    private static func run(
        calls: Int, guardrail: Guardrail = Guardrail(), seed: UInt64 = 1,
        failing: (champion: Double, challenger: Double),
        slow: (share: Double, factor: Double) = (0, 1)
    ) -> String? {
        var random = SeededGenerator(seed: seed)
        let sides = Sides()
        let trial = sides.trial(guardrail)
        func call(_ role: PredictionRecord.Role, failing: Double, slow: (share: Double, factor: Double)) {
            if Double.random(in: 0..<1, using: &random) < failing { return sides.fail(role) }
            let base = Double.random(in: 100..<200, using: &random)
            let isSlow = Double.random(in: 0..<1, using: &random) < slow.share
            sides.answer(role, in: .microseconds(Int(isSlow ? base * slow.factor : base)))
        }
        for _ in 0..<calls {
            for _ in 0..<9 { call(.champion, failing: failing.champion, slow: (0, 1)) }
            call(.challenger, failing: failing.challenger, slow: slow)
            if let reason = trial.look() { return reason }
        }
        return nil
    }

    @Test func aCanaryThatFailsIsFoundAtTheFirstLook() throws {
        let reason = try #require(Self.run(calls: 100, failing: (0, 1)))
        #expect(reason.hasPrefix("errors: 100 of 100 calls failed, of the champion's 0 of 900; more than 0.01 above"))
        #expect(reason.hasSuffix("at level 0.01 (look 1)"))
    }

    @Test func aCanaryThatFailsSomewhatMoreIsFoundInTime() {
        #expect(Self.run(calls: 2_000, failing: (0.01, 0.08))?.hasPrefix("errors: ") == true)
    }

    @Test func whatTheChampionFailsOnAsWellIsNotHeldAgainstTheCanary() {
        #expect(Self.run(calls: 1_000, failing: (0.3, 0.3)) == nil)
    }

    @Test func troubleThatComesLateIsFoundByTheCallsSinceTheLastLook() throws {
        let sides = Sides()
        let trial = sides.trial(Guardrail())
        for call in 0..<4_000 {
            for _ in 0..<9 { sides.answer(.champion, in: .microseconds(100)) }
            if call < 3_900 {
                sides.answer(.challenger, in: .microseconds(100))
            } else {
                sides.fail(.challenger)
            }
            if call < 3_999 { #expect(trial.look() == nil || call >= 3_900) }
        }
        let reason = try #require(trial.look())
        #expect(reason.contains("100 of 100 calls failed") || reason.hasPrefix("errors: "))
    }

    @Test func aSlowTailIsFoundAndANarrowerOneIsNot() {
        let reason = Self.run(calls: 1_500, failing: (0, 0), slow: (0.1, 5))
        #expect(reason?.hasPrefix("latency: ") == true)
        #expect(Self.run(calls: 1_500, failing: (0, 0), slow: (0.1, 1.5)) == nil)
    }

    @Test func aGuardThatIsLiftedIsNeverBroken() {
        var guardrail = Guardrail()
        guardrail.errorRateMax = nil
        guardrail.latencyRatioMax = nil
        #expect(Self.run(calls: 300, guardrail: guardrail, failing: (0, 1)) == nil)
    }

    @Test func nothingIsSaidBeforeTheCallsThatTheGuardAsksFor() {
        #expect(Self.run(calls: 99, failing: (0, 1)) == nil)
    }

    @Test func soundCanariesAreRolledBackAtMostAsOftenAsTheLevelSays() {
        var guardrail = Guardrail()
        // The limit is where the true difference lies, the hardest case for the test.
        guardrail.errorRateMax = 0.05
        guardrail.level = 0.1
        guardrail.callCountMin = 20
        let broken = (0..<100).count {
            Self.run(calls: 200, guardrail: guardrail, seed: UInt64($0), failing: (0.02, 0.07)) != nil
        }
        #expect(broken <= 10)
    }

    @Test func aTrialSeesWhatComesAfterItsBeginningAndOnlyWhatItsVersionsHaveAPartIn() {
        let sides = Sides()
        sides.fail(.challenger)
        sides.answer(.champion, in: .microseconds(100))
        let trial = sides.trial(Guardrail())
        sides.answer(.challenger, in: .microseconds(100), isPinned: true)
        sides.challenger.count(.refused(.logUnavailable, latency: .zero), by: .rest)
        #expect(trial.arms.champion == CanaryArm() && trial.arms.challenger == CanaryArm())
        sides.answer(.challenger, in: .microseconds(100))
        sides.fail(.champion)
        #expect(trial.arms.challenger.calls == 1 && trial.arms.challenger.failures == 0)
        #expect(trial.arms.champion.calls == 1 && trial.arms.champion.failures == 1)
    }

    @Test func theQuantileOfATallyIsWithinItsClass() {
        var tally = LatencyTally()
        for time in 1...1_000 { tally.add(.microseconds(time)) }
        let median = tally.end(ofRank: 500) ?? 0
        #expect(median >= 500 && median < 500 * 1.045)
        #expect(tally.count(above: 2_000) == 0 && tally.count(above: 0.5) == 1_000)
        #expect(tally.end(ofRank: 1_001) == nil)
        #expect(tally.since(tally).total == 0)
    }
}
