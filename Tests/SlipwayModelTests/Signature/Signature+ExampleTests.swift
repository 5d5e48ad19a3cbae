import SlipwayData
import Testing

@testable import SlipwayModel

struct SignatureExampleTests {
    @Test func anExampleIsTheMiddleOfWhatIsAllowed() throws {
        var signature = try SignatureFixtures.mixed()
        #expect(signature.exampleRow == [.number(50), .integer(12), .boolean(false), .string("basic")])
        signature.inputs[0].minimum = 0.123456789
        signature.inputs[0].maximum = 0.987654321
        signature.inputs[1].minimum = 3
        signature.inputs[1].maximum = 8
        #expect(signature.exampleRow[...1] == [.number(0.556), .integer(6)])
    }

    private static let ranges: [ClosedRange<Double>] = [
        0...1, -1e308...1e308, 1e-300...2e-300, 5...5, -2.5...(-2.4999999), 1e15...(1e15 + 2),
        0...Double.leastNormalMagnitude,
    ]

    @Test(arguments: ranges) func anExampleIsAllowedWhateverTheRange(range: ClosedRange<Double>) throws {
        let (low, high) = (range.lowerBound, range.upperBound)
        var field = try SignatureFixtures.mixed().inputs[0]
        (field.minimum, field.maximum, field.elementType) = (low, high, .float64)
        let signature = Signature(inputs: [field], outputs: [], task: Signature.Task(kind: .other))
        let cell = try #require(signature.exampleRow.first)
        #expect(try field.checked(cell) == cell)
    }
}
