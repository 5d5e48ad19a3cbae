import Foundation
import SlipwayModel
import SlipwayTesting
import Testing

@testable import SlipwayONNXRuntime

/// The root of the package, from which tests find fixtures and the library.
private let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

struct ONNXRuntimeEngineTests {
    static let library: Library = {
        let installed = root.appendingPathComponent(Library.searchedFolder + "/libonnxruntime.so").path
        guard FileManager.default.fileExists(atPath: installed) else { return .shared }
        return Library(environment: [Library.environmentVariable: installed])
    }()
    static let fixtures = Result { try EngineFixture.all(in: root.appendingPathComponent("Tests/Fixtures/engines")) }
    static var names: [String] { (try? fixtures.get().map(\.name)) ?? [] }

    let engine = ONNXRuntimeEngine(library: library)

    private func fixture(_ name: String) throws -> EngineFixture {
        try #require(Self.fixtures.get().first { $0.name == name })
    }

    private func predictor(_ name: String) throws -> any Predictor {
        try engine.load(ONNXModel(bytes: fixture(name).model).graph())
    }

    @Test(.enabled(if: library.isAvailable), arguments: names)
    func conformsToTheEngineContract(fixture name: String) async throws {
        let problems = await EngineConformance(engine: engine).problems(with: try fixture(name))
        #expect(problems.isEmpty)
    }

    @Test(.enabled(if: library.isAvailable))
    func noFixtureIsDeclined() throws {
        let fixtures = try Self.fixtures.get()
        #expect(fixtures.count >= 3)
        #expect(try EngineConformance(engine: engine).declined(of: fixtures).isEmpty)
    }

    @Test func anAbsentLibraryDeclinesWithTheWayToInstallIt() throws {
        let absent = ONNXRuntimeEngine(library: Library(environment: [Library.environmentVariable: "/no/such/file.so"]))
        let graph = try ONNXModel(bytes: fixture("ridge").model).graph()
        guard case .unsupported(let reasons) = absent.support(for: graph) else {
            Issue.record("an engine without its library supports a graph")
            return
        }
        #expect(reasons.first?.contains("/no/such/file.so") == true)
        #expect(reasons.first?.contains("dev/setup") == true)
        #expect(throws: ModelError.self) { try absent.load(graph) }
    }
}
