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
    static let fixtures: [EngineFixture] = ["Tests/Fixtures/engines", "Tests/SlipwayONNXRuntimeTests/Fixtures"]
        .flatMap { (try? EngineFixture.all(in: root.appendingPathComponent($0))) ?? [] }

    let engine = ONNXRuntimeEngine(library: library)

    private func fixture(_ name: String) throws -> EngineFixture {
        try #require(Self.fixtures.first { $0.name == name })
    }

    private func predictor(_ name: String) throws -> any Predictor {
        try engine.load(fixture(name).graph())
    }

    @Test(.enabled(if: library.isAvailable), arguments: fixtures, EngineConformance.claims)
    func conforms(_ fixture: EngineFixture, _ claim: ConformanceClaim<EngineTrial>) async throws {
        try await claim.check(EngineTrial(engine: engine, fixture: fixture))
    }

    @Test(.enabled(if: library.isAvailable))
    func noFixtureIsDeclined() throws {
        #expect(Self.fixtures.count >= 70)
        for fixture in Self.fixtures {
            #expect(try engine.support(for: fixture.graph()) == .supported, "\(fixture.name)")
        }
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
    func rowsWithoutColumnsAreRefused() throws {
        let predictor = try predictor("logistic-multiclass")
        let inputs = try fixture("logistic-multiclass").inputs.mapValues { _ in
            Tensor(shape: [2, 0], elements: .float32([]))
        }
        #expect { try predictor.predict(inputs) } throws: {
            let error = $0 as? ModelError
            return error?.kind == .signatureMismatch && error?.message.contains("rows are empty") == true
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
        var graph = try fixture("ridge").graph()
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
        let graph = try fixture("ridge").graph()
        guard case .unsupported(let reasons) = absent.support(for: graph) else {
            Issue.record("an engine without its library supports a graph")
            return
        }
        #expect(reasons.first?.contains("/no/such/file.so") == true)
        #expect(reasons.first?.contains("dev/setup") == true)
        #expect(throws: ModelError.self) { try absent.load(graph) }
    }
}
