import SlipwayServingTesting
import Testing

/// Clients that nobody here wrote, which `dev/setup` installs, get what they expect.
@Suite(.serialized) struct InferenceMethodsTests {
    @Test func theClientsOfTritonAndKServeGetTheReferenceAnswers() async throws {
        try await TestServer.serving { server in
            let said = try await server.drive()
            #expect(said.output == "all as expected\n", "\(said)")
        }
    }
}
