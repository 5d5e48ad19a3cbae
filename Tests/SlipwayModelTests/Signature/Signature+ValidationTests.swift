import SlipwayData
import Testing

@testable import SlipwayModel

struct SignatureValidationTests {
    private let signature: Signature

    init() throws { signature = try SignatureFixtures.mixed() }

    /// A record that fits, with changes.
    private func record(_ changes: [String: JSONValue] = [:], without absent: [String] = []) -> JSONObject {
        var record: JSONObject = [
            "charge": .number(20.5), "months": .integer(3), "member": .boolean(true), "plan": .string("plus"),
        ]
        for (name, value) in changes { record[name] = value }
        for name in absent { record[name] = nil }
        return record
    }

    private func refusal(_ changes: [String: JSONValue], allowing: Set<String> = []) -> ModelError? {
        #expect(throws: ModelError.self) { try signature.cells(of: record(changes), allowing: allowing) }
    }

    @Test func aRecordThatFitsBecomesCellsInOrder() throws {
        #expect(
            try signature.cells(of: record()) == [.number(20.5), .integer(3), .boolean(true), .string("plus")])
    }

    @Test func theOrderOfMembersDoesNotMatter() throws {
        let members = record().members.reversed()
        #expect(try signature.cells(of: JSONObject(Array(members))) == signature.cells(of: record()))
    }

    /// Values that are read as another type without loss.
    static let lenient: [(String, JSONValue, Value)] = [
        ("charge", .integer(7), .number(7)), ("months", .number(7), .integer(7)),
        ("member", .integer(0), .boolean(false)),
        ("charge", .null, .missing), ("charge", .string("NaN"), .missing), ("months", .null, .integer(12)),
        ("charge", .number(0), .number(0)), ("charge", .number(100), .number(100)),
    ]

    @Test(arguments: lenient)
    func whatMeansTheSameIsTaken(name: String, given: JSONValue, wanted: Value) throws {
        let index = try #require(signature.inputs.firstIndex { $0.name == name })
        #expect(try signature.cells(of: record([name: given]))[index] == wanted)
    }

    /// Values that do not fit, and what is said of them.
    static let unfit: [(String, JSONValue, String)] = [
        ("member", .null, "is required"), ("plan", .null, "is required"), ("member", .string("NaN"), "is required"),
        ("charge", .string("7"), "must be a number, not the string '7'"),
        ("charge", .string("Infinity"), "must be a number, not the string 'Infinity'"),
        ("charge", .boolean(true), "must be a number, not the boolean 'true'"),
        ("charge", .number(.infinity), "must be finite"),
        ("charge", .number(1e39), "is too large for the model, which reads float32 there"),
        ("charge", .array([.integer(1)]), "must be a number, not an array"),
        ("charge", .object([:]), "must be a number, not an object"),
        ("charge", .number(-0.5), "must be at least 0, not -0.5"),
        ("charge", .number(100.5), "must be at most 100, not 100.5"),
        ("months", .number(1.5), "must be a whole number, not 1.5"),
        ("months", .integer(3_000_000_000), "is 3000000000, which the model cannot read: its int32 goes from"),
        ("member", .integer(2), "must be true or false, not the integer '2'"),
        ("member", .string("true"), "must be true or false, not the string 'true'"),
        ("plan", .integer(1), "must be a text, not the integer '1'"),
        ("plan", .string("gold"), "must be one of 'basic', 'plus', not 'gold'"),
        ("plan", .string("NaN"), "must be one of 'basic', 'plus', not 'NaN'"),
    ]

    @Test(arguments: unfit)
    func whatDoesNotFitIsRefusedByName(name: String, given: JSONValue, message: String) {
        let error = refusal([name: given])
        #expect(error?.kind == .signatureMismatch)
        #expect(error?.field == name)
        #expect(error?.message.hasPrefix("field '\(name)' \(message)") == true, "\(error?.message ?? "")")
    }

    @Test func anAbsentFieldIsAsGoodAsNull() throws {
        let cells = try signature.cells(of: record(without: ["charge", "months"]))
        #expect(cells[0...1] == [.missing, .integer(12)])
        let error = #expect(throws: ModelError.self) { try signature.cells(of: record(without: ["plan"])) }
        #expect(error?.message == "field 'plan' is required")
    }

    @Test func anUnknownFieldIsRefusedWithWhatWasMeant() {
        let near = refusal(["chrage": .integer(1)])
        #expect(near?.message == "there is no field 'chrage'")
        #expect(near?.hint == "Did you mean 'charge'?")
        #expect(near?.field == "chrage")
        #expect(refusal(["colour": .integer(1)])?.hint?.hasPrefix("Leave it out") == true)
    }

    @Test func anAllowedNameNeedBeNoField() throws {
        let cells = try signature.cells(of: record(["customer_id": .integer(7)]), allowing: ["customer_id"])
        #expect(cells.count == 4)
        #expect(
            refusal(["customer_id": .integer(7), "other": .integer(1)], allowing: ["customer_id"])?.field == "other")
    }

    @Test func aMissingWholeNumberWithoutADefaultIsRefused() throws {
        let signature = try Signature(
            deriving: SignatureFixtures.wide(1, type: .int64),
            options: SignatureOptions(overrides: ["x": FieldOverride(isRequired: false)]))
        let error = #expect(throws: ModelError.self) { try signature.cells(of: [:]) }
        #expect(error?.message == "field 'x' is missing, and the model has no way to say so in int64")
    }

    @Test(arguments: [
        (ElementType.int8, [-128, 127], [-129, 128]), (.uint8, [0, 255], [-1, 256]),
        (.int16, [-32_768, 32_767], [-32_769, 32_768]), (.uint16, [0, 65_535], [-1, 65_536]),
        (.uint32, [0, 4_294_967_295], [-1, 4_294_967_296]), (.uint64, [0, .max], [-1]), (.int64, [.min, .max], []),
    ])
    func aWholeNumberMustFitTheTypeOfTheModel(type: ElementType, inside: [Int64], outside: [Int64]) throws {
        let field = try Signature(deriving: SignatureFixtures.wide(1, type: type)).inputs[0]
        for whole in inside { #expect(try field.checked(.integer(whole)) == .integer(whole)) }
        for whole in outside { #expect(throws: ModelError.self) { try field.checked(.integer(whole)) } }
    }

    @Test func halfPrecisionEndsBeforeItOverflows() throws {
        let field = try Signature(deriving: SignatureFixtures.wide(1, type: .float16)).inputs[0]
        #expect(try field.checked(.number(65_519)) == .number(65_519))
        #expect(throws: ModelError.self) { try field.checked(.number(65_520)) }
    }
}
