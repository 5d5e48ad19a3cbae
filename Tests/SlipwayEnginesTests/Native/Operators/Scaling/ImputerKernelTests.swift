import SlipwayModel
import Testing

struct ImputerKernelTests {
    @Test
    func missingNumbersAreFilledPerFeature() throws {
        let node = SingleNode.learning(
            "Imputer", ["imputed_value_floats": .floats([7, 8]), "replaced_value_float": .float(.nan)])
        #expect(try node.run(.floats([.nan, 1, 2, .nan], 2, 2)) == [.floats([7, 1, 2, 8], 2, 2)])
        #expect(try node.run(.doubles([.nan, 0], 1, 2)) == [.doubles([7, 0], 1, 2)])
    }

    @Test
    func valuesOfAnotherTypeThanTheInputAreRefused() {
        let node = SingleNode.learning("Imputer", ["imputed_value_int64s": .integers([7])])
        #expect(throws: ModelError.self) { try node.run(.floats([0], 1, 1)) }
        #expect(throws: ModelError.self) { try SingleNode.learning("Imputer", [:]).load() }
    }
}
