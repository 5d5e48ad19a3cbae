import SlipwayData
import Testing

@testable import SlipwayModel

struct FieldNumbersTests {
    private func numbers(_ type: ElementType) throws -> FieldNumbers {
        let slot = InputField.Slot(input: "x", index: 0)
        return try #require(FieldNumbers(InputField(name: "x", type: type.columnType, slot: slot, elementType: type)))
    }

    @Test(arguments: [0.0, 1, -1, 0.1, -1e-300, 1e300, Double.leastNonzeroMagnitude])
    func neighboursOfADoubleAreTheNextOnes(_ number: Double) throws {
        let found = try numbers(.float64).neighbours(of: number)
        let below = number == 0 ? -0.0 : number.nextDown
        #expect(found == [.number(number), .number(below), .number(number.nextUp)])
    }

    @Test func neighboursInSinglePrecisionAreSingles() throws {
        let found = try numbers(.float32).neighbours(of: 0.1)
        #expect(found == [Float(0.1), Float(0.1).nextDown, Float(0.1).nextUp].map { .number(Double($0)) })
        #expect(try numbers(.float32).neighbours(of: 1e300).first == .number(.infinity))
    }

    @Test func wholeNumbersStayInTheirRange() throws {
        #expect(try numbers(.int8).neighbours(of: 127) == [.integer(127), .integer(126), .integer(127)])
        #expect(try numbers(.int64).neighbours(of: 1e300).last == .integer(.max))
        #expect(try numbers(.int32).neighbours(of: 2.5) == [.integer(2), .integer(1), .integer(3)])
    }

    @Test(arguments: [ElementType.float32, .float64, .int64])
    func placesAreInTheOrderOfTheNumbers(_ type: ElementType) throws {
        let numbers = try numbers(type)
        let cells = numbers.grid.compactMap { numbers.cell(at: $0).asNumber }
        #expect(cells == cells.sorted())
        #expect(cells.count > 10)
    }

    @Test func textsHaveNoNumbers() {
        let slot = InputField.Slot(input: "x", index: 0)
        #expect(FieldNumbers(InputField(name: "x", type: .string, slot: slot, elementType: .string)) == nil)
    }
}
