import Foundation
import SlipwayEngines
import SlipwayModel
import SlipwayTesting
import Testing

/// The native engine against every fixture that ONNX Runtime has answered; it may decline none of them.
struct NativeEngineConformanceTests {
    @Test(arguments: EngineFixture.committed, EngineConformance.claims)
    func conforms(_ fixture: EngineFixture, _ claim: ConformanceClaim<EngineTrial>) async throws {
        try await claim.check(EngineTrial(engine: NativeEngine(), fixture: fixture))
    }

    @Test
    func everyFixtureIsThereAndSupported() throws {
        #expect(EngineFixture.committed.count >= 155)
        for fixture in EngineFixture.committed {
            #expect(NativeEngine().support(for: try fixture.graph()) == .supported, "\(fixture)")
        }
    }
}

extension EngineFixture {
    /// The fixtures of the repository; none when they cannot be read, which a claim above excludes.
    static let committed: [EngineFixture] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
        return (try? EngineFixture.all(in: root.appending(path: "../../Fixtures/engines").standardizedFileURL)) ?? []
    }()
}
