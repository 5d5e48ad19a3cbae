import SlipwayData
import SlipwayFeatures
import SlipwayTesting
import Testing

struct FeatureStoreTests {
    @Test(arguments: FeatureStoreConformance.claims)
    func theDoubleConforms(_ claim: ConformanceClaim<any FeatureStore>) async throws {
        try await claim.check(InMemoryFeatureStore())
    }

    @Test func aStoreThatLosesARowBreaksClaims() async throws {
        var broken: [String] = []
        for claim in FeatureStoreConformance.claims {
            let store = InMemoryFeatureStore { rows in
                rows.selecting(rows: Array(0..<max(0, rows.rowCount - 1)))
            }
            do { try await claim.check(store) } catch { broken.append(claim.description) }
        }
        for claim in ["cells come back in their types", "a copy describes itself", "a text key is found byte for byte"]
        {
            #expect(broken.contains { $0.contains(claim) }, "\(claim) is not among \(broken)")
        }
    }
}
