import SlipwayData
import Testing

@testable import SlipwayModel

struct FieldOverrideTests {
    private func derived(_ overrides: [String: FieldOverride]) throws -> InputField {
        let examples = try Table(columns: [
            Column(name: "p", values: .numbers((0..<40).map(Double.init))),
            Column(name: "q", values: .numbers((0..<40).map(Double.init))),
        ])
        return try Signature(
            deriving: SignatureFixtures.wide(2), examples: examples, options: SignatureOptions(overrides: overrides)
        ).inputs[0]
    }

    @Test func anOverrideBeatsWhatWasDerivedAndKeepsTheRest() throws {
        let field = try derived(["p": FieldOverride(maximum: 50, unit: "months", meaning: "How long.")])
        #expect(field.minimum == 0)
        #expect(field.maximum == 50)
        #expect(field.unit == "months")
        #expect(field.meaning == "How long.")
        #expect(field.isRequired)
    }

    @Test func aDefaultMakesAFieldOptionalUnlessSaidOtherwise() throws {
        let field = try derived(["p": FieldOverride(defaultValue: .integer(-1))])
        #expect(!field.isRequired)
        #expect(field.defaultValue == .number(-1))
        #expect(try field.checked(.missing) == .number(-1))
        #expect(try derived(["p": FieldOverride(isRequired: true, defaultValue: .number(1))]).isRequired)
    }

    @Test func aMissingDefaultIsNone() throws {
        let field = try derived(["p": FieldOverride(defaultValue: .missing)])
        #expect(field.defaultValue == nil)
        #expect(field.isRequired)
    }

    @Test func anUnknownFieldIsRefusedWithTheKnownOnes() {
        let error = #expect(throws: ModelError.self) { try derived(["tenure": FieldOverride(unit: "months")]) }
        #expect(error?.message == "there is no input field 'tenure' to override")
        #expect(error?.hint == "The model's fields are p, q.")
    }

    /// Overrides that make no sense for a number.
    static let senseless: [(FieldOverride, String)] = [
        (FieldOverride(type: .string), "field 'p' cannot be string"),
        (FieldOverride(defaultValue: .string("none")), "the default 'none' of field 'p' is no number"),
        (FieldOverride(categories: [.number(1), .string("two")]), "the category 'two' of field 'p' is no number"),
        (FieldOverride(categories: [.missing]), "the category '' of field 'p' is no number"),
        (FieldOverride(minimum: 5, maximum: 4), "field 'p' allows from 5.0 to 4.0, which is nothing"),
    ]

    @Test(arguments: senseless)
    func whatMakesNoSenseIsRefused(_ override: FieldOverride, _ message: String) {
        let error = #expect(throws: ModelError.self) { try derived(["p": override]) }
        #expect(error?.kind == .invalidSignature)
        #expect(error?.field == "p")
        #expect(error?.message.hasPrefix(message) == true)
    }

    @Test func aWholeNumberIsACategoryOfAText() throws {
        let field = try Signature(
            deriving: SignatureFixtures.wide(1, type: .string),
            options: SignatureOptions(overrides: ["x": FieldOverride(categories: [.integer(1), .string("2")])])
        ).inputs[0]
        #expect(field.categories == [.string("1"), .string("2")])
    }
}
