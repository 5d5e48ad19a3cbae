import SlipwayFeatures
import SlipwayTesting
import Testing

struct FeatureStoreTests {
    @Test(arguments: FeatureStoreConformance.claims)
    func theDoubleConforms(_ claim: ConformanceClaim<any FeatureStore>) async throws {
        try await claim.check(InMemoryFeatureStore())
    }
}
