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
    static let fixtures = Result {
        let own = "Tests/SlipwayONNXRuntimeTests/Fixtures"
        return try ["Tests/Fixtures/engines", own].flatMap {
            try EngineFixture.all(in: root.appendingPathComponent($0))
        }
    }
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

    @Test(.enabled(if: library.isAvailable))
    func columnsOfMapsComeInTheOrderOfTheGraph() throws {
        let output = try #require(predictor("unsorted-maps").predict(fixture("unsorted-maps").inputs).first)
        #expect(output.labels == ["stays", "leaves", "asks"])
        #expect(output.tensor == Tensor(shape: [2, 3], elements: .float32([0.5, 0.3, 0.2, 0.1, 0.8, 0.1])))
    }

    @Test(.enabled(if: library.isAvailable))
    func noRowsStillHaveTheColumnsOfTheirClasses() throws {
        let inputs = ["x": Tensor(shape: [0, 3], elements: .float32([]))]
        let output = try #require(predictor("unsorted-maps").predict(inputs).first)
        #expect(output.tensor.shape == [0, 3])
        #expect(output.labels?.count == 3)
    }

    @Test(
        .enabled(if: library.isAvailable),
        arguments: [("uint8_in", Int64(256)), ("int16_in", 40_000), ("uint64_in", -1)])
    func aNumberOutsideTheDeclaredTypeNamesTheField(field: String, value: Int64) throws {
        var inputs = try fixture("narrow-types").inputs
        inputs[field] = Tensor(shape: [3, 1], elements: .int64([0, value, 0]))
        let predictor = try predictor("narrow-types")
        #expect { try predictor.predict(inputs) } throws: {
            let error = $0 as? ModelError
            return error?.kind == .signatureMismatch && error?.field == field
                && error?.message.contains("\(value)") == true
        }
    }

    @Test(.enabled(if: library.isAvailable))
    func aTextWithANulIsRefusedNotCut() throws {
        var inputs = try fixture("narrow-types").inputs
        inputs["object_in"] = Tensor(shape: [3, 1], elements: .string(["a\0b", "", "c"]))
        let predictor = try predictor("narrow-types")
        #expect { try predictor.predict(inputs) } throws: { ($0 as? ModelError)?.kind == .signatureMismatch }
    }

    @Test(.enabled(if: library.isAvailable))
    func aModelThatTheLibraryRefusesIsAnError() throws {
        let graph = Graph(
            name: "broken", inputs: [], outputs: [], nodes: [], initializers: [:], opsets: ["": 18],
            source: Data("no model".utf8))
        #expect { try engine.load(graph) } throws: { ($0 as? ModelError)?.kind == .unsupportedModel }
    }

    @Test(.enabled(if: library.isAvailable))
    func anOperatorOfAnotherDomainIsDeclinedByName() throws {
        var graph = try ONNXModel(bytes: fixture("ridge").model).graph()
        graph.nodes[0].domain = "com.acme"
        graph.nodes[0].name = "strange"
        guard case .unsupported(let reasons) = engine.support(for: graph) else {
            Issue.record("an operator that the library does not hold is supported")
            return
        }
        #expect(reasons.first?.contains("'strange'") == true)
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
