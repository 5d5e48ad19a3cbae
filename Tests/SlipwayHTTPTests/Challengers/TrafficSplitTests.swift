import Testing

@testable import SlipwayServing

struct TrafficSplitTests {
    private static let keys = (0..<20_000).map { "customer \($0)" }

    private static func picked(_ share: Double, version: Int = 4) -> Set<String> {
        let split = TrafficSplit(share: share, model: "churn", version: version)
        return Set(keys.filter(split.picks))
    }

    @Test(arguments: [0.01, 0.1, 0.5, 0.9])
    func theShareOfEntitiesIsTheShareAskedFor(share: Double) {
        // Five standard deviations of a binomial count.
        let (expected, spread) = (share * 20_000, (share * (1 - share) * 20_000).squareRoot())
        #expect(abs(Double(Self.picked(share).count) - expected) < 5 * spread)
    }

    @Test func anEntityKeepsItsVersionWhenTheShareGrows() {
        #expect(Self.picked(0.1).isSubset(of: Self.picked(0.3)))
        #expect(Self.picked(1).count == 20_000)
    }

    @Test func anotherChallengerIsTriedOnOtherEntities() {
        let both = Self.picked(0.1).intersection(Self.picked(0.1, version: 5)).count
        #expect((100...320).contains(both))
    }

    @Test func anEntityMeetsTheSameVersionInEveryProcess() {
        // Were the hash another one, the entities of running trials would change sides with an update.
        let split = TrafficSplit(share: 0.5, model: "churn", version: 4)
        let sides = (1...16).map { split.picks("\($0)") ? "1" : "0" }.joined()
        #expect(sides == "1000011000001100")
    }
}
