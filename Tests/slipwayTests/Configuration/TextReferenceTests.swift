import SlipwayData
import Testing

@testable import slipway

struct TextReferenceTests {
    @Test func variablesAreFoundAndPutIn() throws {
        let reference = try #require(text("${HOST}/a/${DATA_2}.db"))
        #expect(reference.variables == ["HOST", "DATA_2"])
        #expect(try reference.resolved(in: ["HOST": "h", "DATA_2": "d"]) == "h/a/d.db")
    }

    @Test func textWithoutVariablesStaysAsItIs() throws {
        #expect(try text("a$b{c}$$.db")?.resolved(in: [:]) == "a$b{c}$$.db")
    }

    @Test func everyUnsetVariableIsListed() throws {
        let reference = try #require(text("${A}${B}${C}"))
        let error = #expect(throws: ConfigurationError.self) { try reference.resolved(in: ["B": "b", "C": ""]) }
        #expect(error?.problems.map(\.message) == ["A", "C"].map { "the environment variable \($0) is not set" })
        #expect(error?.hint == "Set A=… C=… and run again.")
    }

    @Test(arguments: ["${", "${}", "${A", "${1A}", "${A-B}", "x${A}${"])
    func anOpenOrNamelessReferenceIsNone(text: String) {
        #expect(self.text(text) == nil)
    }

    private func text(_ text: String) -> TextReference? {
        TextReference(text, location: SourceLocation(file: "slipway.yaml", line: 1), path: .root)
    }
}
