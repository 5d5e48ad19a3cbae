import SlipwayData
import SlipwayTesting
import Testing

@testable import SlipwayModel

struct InputFieldColumnsTests {
    private static func field(
        _ type: ColumnType, _ elementType: ElementType, range: ClosedRange<Double>? = nil, categories: [Value]? = nil,
        isRequired: Bool = true
    ) -> InputField {
        InputField(
            name: "x", type: type, isRequired: isRequired, minimum: range?.lowerBound, maximum: range?.upperBound,
            categories: categories, slot: .init(input: "x", index: 0), elementType: elementType)
    }

    /// Whether each cell is within, looked at as a value.
    private static func allows(_ field: InputField, _ column: Column) -> Bool {
        (0..<column.count).allSatisfy { row in
            let cell = column[row]
            return !(cell.isMissing && field.isRequired && field.defaultValue == nil) && field.outOfBounds(cell) == nil
        }
    }

    @Test(arguments: 0..<400 as Range<UInt64>)
    func whatIsSurelyAllowedIsAllowedCellByCell(seed: UInt64) {
        var numbers = SeededGenerator(seed: seed)
        let isRequired = Bool.random(using: &numbers)
        let limits = [Double.nan, -.infinity, .infinity, -1, -0.0, 0, 1, 2, 2.5]
        let cells = (0..<4).map { _ in limits.randomElement(using: &numbers) ?? 0 }
        let validity = Bool.random(using: &numbers) ? cells.map { _ in Bool.random(using: &numbers) } : nil
        let range = Bool.random(using: &numbers) ? 0.0...2.0 : nil
        let number = Self.field(.number, .float64, range: range, isRequired: isRequired)
        let column = Column(name: "x", values: .numbers(cells), validity: validity)
        #expect(!number.surelyAllows(column) || Self.allows(number, column))
        let whole = Column(name: "x", values: .integers(cells.map { $0.isFinite ? Int64($0) : 7 }), validity: validity)
        #expect(!number.surelyAllows(whole) || Self.allows(number, whole))
        let words = (0..<4).map { _ in ["a", "b", "c", ""].randomElement(using: &numbers) ?? "" }
        let text = Self.field(.string, .string, categories: [.string("a"), .string("b")], isRequired: isRequired)
        let texts = Column(name: "x", values: .strings(words), validity: validity)
        #expect(!text.surelyAllows(texts) || Self.allows(text, texts))
    }

    @Test func aColumnWithinIsKnownToBeSo() {
        let number = Self.field(.number, .float64, range: 0...2)
        #expect(number.surelyAllows(Column(name: "x", values: .numbers([0, 1, 2]))))
        #expect(number.surelyAllows(Column(name: "x", values: .integers([0, 1, 2]))))
        #expect(!number.surelyAllows(Column(name: "x", values: .numbers([0, .nan]))))
        let text = Self.field(.string, .string, categories: [.string("a")])
        #expect(text.surelyAllows(Column(name: "x", values: .strings(["a", "a"]))))
        #expect(!text.surelyAllows(Column(name: "x", values: .strings(["a", "b"]))))
    }
}
