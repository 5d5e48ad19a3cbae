import SlipwayData
import SlipwayFeatures
import Testing

struct FeatureViewTests {
    private func view(named name: String, maxAge: Duration? = nil) -> FeatureView {
        FeatureView(name: name, source: "s", query: "select 1 as id", key: "id", maxAge: maxAge)
    }

    @Test(arguments: [
        "customers", "Customers_2", "a", "a-b", String(repeating: "x", count: FeatureLimits.nameLengthMax),
    ])
    func aPlainNameIsTaken(name: String) {
        #expect(throws: Never.self) { try view(named: name).validate() }
    }

    @Test(arguments: [
        "", "1st", "_x", "two words", "a\"b", "a;b", "é", "ａ", "a.b",
        String(repeating: "x", count: FeatureLimits.nameLengthMax + 1),
    ])
    func aNameThatTablesCouldNotCarryIsRefused(name: String) {
        let error = #expect(throws: FeatureError.self) { try view(named: name).validate() }
        #expect(error?.kind == .invalidView)
    }

    @Test func dataIsStaleOnceItIsOlderThanItsMaximumAge() {
        let start = Timestamp(milliseconds: 0)
        let generation = FeatureGeneration(
            view: "v", number: 1, key: "id", columns: [], rowCount: 0, digest: TableDigest(columns: []).finish(),
            replicatedAt: start)
        #expect(!view(named: "v", maxAge: .seconds(60)).isStale(generation, at: start.adding(milliseconds: 60_000)))
        #expect(view(named: "v", maxAge: .seconds(60)).isStale(generation, at: start.adding(milliseconds: 60_001)))
        #expect(!view(named: "v").isStale(generation, at: .latest))
        #expect(generation.age(at: start.adding(milliseconds: -10)) == .zero)
    }
}
