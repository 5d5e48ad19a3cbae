import SlipwayRegistry
import SlipwayTesting
import Testing

struct RegistryStoreTests {
    @Test(arguments: RegistryStoreConformance.claims)
    func theDoubleConforms(_ claim: ConformanceClaim<any RegistryStore>) async throws {
        try await claim.check(InMemoryRegistryStore())
    }
}
