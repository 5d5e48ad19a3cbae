import SlipwayServingTesting
import SlipwayTesting
import Testing

/// Clients that nobody here wrote, which `dev/setup` installs, get what they expect.
@Suite(.serialized) struct ClientTests {
    @Test func theClientsOfTritonAndKServeGetTheReferenceAnswers() async throws {
        try await TestServer.ready { server, project in
            let file = project.folder.path("case.json")
            try ClientScript.write(try ClientScript.referenceCase(), to: file)
            let said = try await ClientScript.run(
                "open_inference.py", "http://127.0.0.1:\(server.port)", file)
            #expect(said.output == "all as expected\n", "\(said)")
        }
    }
}
