import SlipwayData
import SlipwayModel
import Testing

@testable import slipway

struct RandomRowsTests {
    private static func field(
        _ type: ColumnType, from minimum: Double? = nil, to maximum: Double? = nil, categories: [Value]? = nil
    ) -> InputField {
        InputField(
            name: "field", type: type, minimum: minimum, maximum: maximum, categories: categories,
            slot: .init(input: "x", index: 0), elementType: .float32)
    }

    private static func cells(of field: InputField, count: Int = 500) -> [Value] {
        let task = Signature.Task(kind: .regression)
        var random = RandomRows(Signature(inputs: [field], outputs: [], task: task))
        return (0..<count).map { _ in random.next()[0] }
    }

    @Test(arguments: [
        field(.number, from: -2, to: 7), field(.number, from: 3), field(.number, to: -1), field(.number),
        field(.number, from: 5, to: 5), field(.number, from: -1.5e308, to: 1.5e308),
        field(.integer, from: 2.5, to: 4.5), field(.integer, from: 40),
        field(.integer, to: -40), field(.integer), field(.integer, from: -1e300, to: 1e300), field(.boolean),
        field(.string), field(.string, categories: [.string("a"), .string("b")]),
        field(.integer, categories: [.integer(3), .integer(9)]),
    ])
    func cellsAreOfTheTypeAndWithinWhatTheFieldAllows(field: InputField) {
        for cell in Self.cells(of: field) {
            #expect(cell.type == field.type)
            #expect(field.outOfBounds(cell) == nil)
        }
    }

    @Test func aRangeAndTheCategoriesAreUsedToTheirEnds() {
        let numbers = Self.cells(of: Self.field(.number, from: 0, to: 1)).compactMap(\.asNumber)
        #expect((numbers.min() ?? 1) < 0.02 && (numbers.max() ?? 0) > 0.98)
        let whole = Set(Self.cells(of: Self.field(.integer, from: 1, to: 6)))
        #expect(whole.count == 6)
        let texts = Set(Self.cells(of: Self.field(.string, categories: [.string("a"), .string("b")])))
        #expect(texts == [.string("a"), .string("b")])
    }

    @Test func theSameRowsComeOnEveryRun() {
        let field = Self.field(.number)
        #expect(Self.cells(of: field) == Self.cells(of: field))
        #expect(Set(Self.cells(of: field)).count == 500)
    }
}
