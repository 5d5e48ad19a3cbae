import SlipwayData
import Testing

@testable import SlipwayModel

struct SignatureBlankTests {
    @Test func aBlankRowIsOneThatTheSignatureAllows() throws {
        var signature = try SignatureFixtures.mixed()
        #expect(signature.blankRow == [.number(0), .integer(12), .boolean(false), .string("basic")])
        signature.inputs[0].minimum = 3.5
        signature.inputs[1].defaultValue = nil
        signature.inputs[1].maximum = -2.5
        #expect(signature.blankRow[...1] == [.number(3.5), .integer(-3)])
        for (field, cell) in zip(signature.inputs, signature.blankRow) { #expect(try field.checked(cell) == cell) }
    }
}
