import SlipwayRegistry
import Testing

struct RegistryTests {
    private let bench: Workbench
    private let registry: Registry

    init() throws {
        bench = try Workbench()
        registry = bench.registry()
        for source in ["one", "two"] { _ = try registry.push(Workbench.submission(source: source), by: "ada") }
    }

    private func resolve(_ text: String) throws -> Int {
        try registry.resolve(ModelReference(parsing: text), in: "production").number
    }

    @Test func referencesFindTheirVersion() throws {
        let first = try registry.resolve(ModelReference(parsing: "churn@1"), in: "production")
        _ = try registry.promote(first, to: "production", by: "ada")
        #expect(try resolve("churn@latest") == 2)
        #expect(try resolve("churn@2") == 2)
        #expect(try resolve("churn") == 1)
    }

    @Test(arguments: [
        ("churn@9", "The latest one is churn@2."),
        ("churn", "Promote one: slipway model promote churn@2 --to production"),
        ("churn@challenger", "Name a version by its number, or churn@latest."),
        ("chur", "Did you mean 'churn'?"), ("price", "There are churn."),
    ])
    func whatIsNotThereIsAnsweredWithWhatIs(reference: String, hint: String) throws {
        let error = #expect(throws: RegistryError.self) { try resolve(reference) }
        #expect(error?.kind == .notFound)
        #expect(error?.hint == hint)
    }
}
