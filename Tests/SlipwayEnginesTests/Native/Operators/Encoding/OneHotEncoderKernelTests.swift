import SlipwayModel
import Testing

struct OneHotEncoderKernelTests {
    @Test
    func anUnknownCategoryGivesZeros() throws {
        let node = SingleNode.learning("OneHotEncoder", ["cats_strings": .strings(["a", ""])])
        #expect(try node.run(.texts(["", "b"], 2, 1)) == [.floats([0, 1, 0, 0], 2, 1, 2)])
    }

    @Test
    func anUnknownCategoryIsRefusedWhereZerosAreNotAllowed() {
        let node = SingleNode.learning("OneHotEncoder", ["cats_int64s": .integers([1]), "zeros": .integer(0)])
        #expect(throws: ModelError.self) { try node.run(.integers([2], 1, 1)) }
    }

    @Test
    func aFloatThatIsNoNumberIsAnUnknownCategory() throws {
        let node = SingleNode.learning("OneHotEncoder", ["cats_int64s": .integers([0, 1])])
        #expect(try node.run(.floats([.nan, 1.5, .infinity], 3)) == [.floats([0, 0, 0, 1, 0, 0], 3, 2)])
    }

    @Test
    func categoriesOfBothKindsAtOnceAreRefused() {
        let both: [String: Attribute] = ["cats_strings": .strings(["a"]), "cats_int64s": .integers([1])]
        #expect(throws: ModelError.self) { try SingleNode.learning("OneHotEncoder", both).load() }
        #expect(throws: ModelError.self) { try SingleNode.learning("OneHotEncoder", [:]).load() }
    }

    @Test
    func inputOfAnotherKindThanTheCategoriesIsRefused() {
        let node = SingleNode.learning("OneHotEncoder", ["cats_strings": .strings(["1"])])
        #expect(throws: ModelError.self) { try node.run(.integers([1], 1, 1)) }
    }
}
