import SlipwayData
import Testing

@testable import SlipwayModel

struct FieldExaminationTests {
    private func examined(_ values: Column.Values, validity: [Bool]? = nil, as type: ElementType) throws -> InputField {
        let field = InputField(
            name: "f", type: type.columnType, slot: .init(input: "f", index: 0), elementType: type)
        let table = try Table(columns: [Column(name: "f", values: values, validity: validity)])
        return try FieldExamination(field: field, examples: table).examined()
    }

    private func texts(_ distinct: Int, rows: Int) -> Column.Values {
        .strings((0..<rows).map { "text \($0 % distinct)" })
    }

    @Test func aNumberMayLieOutsideByTheWidthOfItsRange() throws {
        let field = try examined(.numbers((0..<20).map { 30 + Double($0) }), as: .float32)
        #expect(field.minimum == 11)
        #expect(field.maximum == 68)
        let integer = try examined(.integers((0..<20).map { Int64($0) - 10 }), as: .int64)
        #expect(integer.minimum == -29)
        #expect(integer.maximum == 28)
    }

    @Test func aNumberThatWasNeverNegativeStaysSo() throws {
        #expect(try examined(.numbers((0..<20).map(Double.init)), as: .float32).minimum == 0)
    }

    @Test func fewRowsOrOneValueGiveNoRange() throws {
        #expect(try examined(.numbers((0..<19).map(Double.init)), as: .float32).maximum == nil)
        #expect(try examined(.numbers(Array(repeating: 3, count: 50)), as: .float32).maximum == nil)
        let mostlyMissing = (0..<40).map { $0 < 19 ? Double($0) : .nan }
        #expect(try examined(.numbers(mostlyMissing), as: .float32).maximum == nil)
        let huge = (0..<20).map { $0 % 2 == 0 ? -1.7e308 : 1.7e308 }
        #expect(try examined(.numbers(huge), as: .float64).maximum == nil)
    }

    @Test func aTextWithFewOftenRepeatedValuesTakesOnlyThose() throws {
        let field = try examined(.strings((0..<20).map { $0 % 2 == 0 ? "year" : "month" }), as: .string)
        #expect(field.categories == [.string("month"), .string("year")])
        #expect(try examined(texts(4, rows: 20), as: .string).categories?.count == 4)
        #expect(try examined(texts(5, rows: 24), as: .string).categories == nil)
        #expect(try examined(texts(100, rows: 1_000), as: .string).categories?.count == 100)
        #expect(try examined(texts(101, rows: 1_000), as: .string).categories == nil)
    }

    @Test func categoriesAreToldApartByTheirBytes() throws {
        let composed = "Z\u{FC}rich"
        let decomposed = "Zu\u{308}rich"
        let both = try examined(.strings((0..<20).map { $0 % 2 == 0 ? composed : decomposed }), as: .string)
        #expect(both.categories?.map { Array($0.text.utf8) } == [Array(decomposed.utf8), Array(composed.utf8)])
        let one = try examined(.strings(Array(repeating: composed, count: 20)), as: .string)
        #expect(one.outOfBounds(.string(composed)) == nil)
        #expect(one.outOfBounds(.string(decomposed)) != nil)
    }

    @Test func aFieldWithMissingCellsIsOptional() throws {
        #expect(try examined(.numbers([1, .nan]), as: .float32).isRequired == false)
        #expect(try examined(.strings(["a", ""]), validity: [true, false], as: .string).isRequired == false)
        #expect(try examined(.numbers([1, 2]), as: .float32).isRequired)
        let categories = try examined(
            .strings(Array(repeating: "a", count: 9) + [""]), validity: Array(repeating: true, count: 9) + [false],
            as: .string
        ).categories
        #expect(categories == [.string("a")])
    }

    @Test func truthInTheRowsMakesANumberATruthValue() throws {
        #expect(try examined(.booleans([true, false]), as: .float32).type == .boolean)
        #expect(try examined(.booleans([true, false]), as: .int64).type == .boolean)
        #expect(try examined(.booleans([true, false]), as: .string).type == .string)
    }

    @Test func rowsOfAnotherTypeAreRefusedWithAValue() {
        let error = #expect(throws: ModelError.self) { try examined(.strings(["", "north"]), as: .float32) }
        #expect(error?.kind == .invalidSignature)
        #expect(error?.field == "f")
        #expect(error?.message.hasPrefix("row 2 of the examples does not fit the model") == true)
        #expect(error?.message.contains("'north'") == true)
        #expect(throws: ModelError.self) { try examined(.numbers([1.5]), as: .int64) }
    }

    @Test func theWordAmongNumbersIsNamedNotTheNumbers() {
        let error = #expect(throws: ModelError.self) { try examined(.strings(["69", "old", "24"]), as: .float32) }
        #expect(error?.message.contains("row 2") == true)
        #expect(error?.message.contains("'old'") == true)
    }

    @Test func wholeNumbersWrittenAsFloatsFit() throws {
        #expect(try examined(.numbers([69, 34]), as: .int64).type == .integer)
        #expect(try examined(.integers([0, 1]), as: .bool).type == .boolean)
    }
}
