import SlipwayData
import Testing

@testable import SlipwayLoad

struct RateSearchTests {
    /// Runs a search against a server that holds what `holds` says.
    private func found(from first: Double, _ holds: (Double) -> Bool) -> (rate: Double?, steps: Int) {
        var search = RateSearch(from: first)
        for steps in 0..<1_000 {
            switch search.step {
            case .attempt(let rate), .confirm(let rate): search.take(held: holds(rate))
            case .done(let rate): return (rate, steps)
            }
        }
        return (nil, 1_000)
    }

    @Test(arguments: [1.2, 17, 100, 4_321, 250_000], [1, 100, 90_000])
    func theHighestRateIsFoundFromAbove(capacity: Double, first: Double) throws {
        let (rate, steps) = found(from: first) { $0 <= capacity }
        let found = try #require(rate)
        #expect(found <= capacity && found * RateSearch.resolution >= capacity)
        #expect(steps < 40)
    }

    @Test func aServerThatHoldsNothingIsGivenUp() {
        #expect(found(from: 100) { _ in false }.rate == nil)
    }

    @Test func aServerThatHoldsEverythingEndsTheSearch() {
        #expect(found(from: 100) { _ in true }.rate == LoadPlan.rateMax)
    }

    @Test func aRateThatHeldByChanceIsLowered() throws {
        var isFirst = true
        let rate = found(from: 100) { rate in
            // Once, 800 holds by chance; in truth 500 is the most.
            if rate == 800, isFirst {
                isFirst = false
                return true
            }
            return rate <= 700
        }.rate
        #expect(try #require(rate) <= 700)
    }

    @Test func outcomesInAnyOrderEndTheSearch() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<200 {
            let steps = found(from: Double(random.next() % 100_000)) { _ in random.next() % 2 == 0 }.steps
            #expect(steps < 200)
        }
    }
}
