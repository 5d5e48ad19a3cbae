import SlipwayRegistry
import Testing

struct ModelReferenceTests {
    @Test(arguments: ["churn", "churn@3", "churn@latest", "churn@challenger"])
    func aReferenceIsWrittenAsItWasRead(text: String) throws {
        #expect(try ModelReference(parsing: text).description == text)
    }

    @Test func aNameAloneMeansTheChampion() throws {
        #expect(try ModelReference(parsing: "churn") == ModelReference(parsing: "churn@champion"))
    }

    @Test(arguments: ["churn@", "churn@0", "churn@-1", "churn@three", "churn@1@2", "@1", "", "Churn@1", "../churn"])
    func whatIsNoReferenceIsRefused(text: String) throws {
        let error = #expect(throws: RegistryError.self) { try ModelReference(parsing: text) }
        #expect(error?.kind == .invalidName)
        #expect(error?.hint != nil)
    }

    @Test(arguments: ["a", "churn-2_b", String(repeating: "a", count: 63)])
    func aNameOfSmallLettersDigitsAndDashesIsTaken(name: String) {
        #expect(throws: Never.self) { try ModelName.validate(name) }
    }

    @Test(arguments: ["1churn", "-churn", "churn.onnx", "churn/1", "über", String(repeating: "a", count: 64)])
    func anyOtherNameIsRefused(name: String) {
        #expect(throws: RegistryError.self) { try ModelName.validate(name) }
    }
}
