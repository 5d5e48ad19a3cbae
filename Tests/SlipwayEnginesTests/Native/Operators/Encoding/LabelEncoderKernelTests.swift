import SlipwayModel
import Testing

struct LabelEncoderKernelTests {
    @Test
    func ofAKeyGivenTwiceTheFirstCounts() throws {
        let node = SingleNode.learning(
            "LabelEncoder", ["keys_strings": .strings(["a", "a"]), "values_int64s": .integers([1, 2])])
        #expect(try node.run(.texts(["a", "b"], 2, 1)) == [.integers([1, -1], 2, 1)])
    }

    @Test
    func aKeyThatIsNoNumberIsFoundSinceVersionFour() throws {
        var node = SingleNode.learning(
            "LabelEncoder", ["keys_floats": .floats([1, .nan]), "values_strings": .strings(["one", "none"])])
        #expect(try node.run(.floats([.nan, 1, 2], 3)) == [.texts(["_Unused", "one", "_Unused"], 3)])
        node.opsets["ai.onnx.ml"] = 4
        #expect(try node.run(.floats([.nan, 1, 2], 3)) == [.texts(["none", "one", "_Unused"], 3)])
    }

    @Test
    func tensorsHoldKeysAndValuesSinceVersionFour() throws {
        let node = SingleNode.learning(
            "LabelEncoder",
            [
                "keys_tensor": .tensor(.integers([5, 6])), "values_tensor": .tensor(.doubles([0.5, 0.25])),
                "default_tensor": .tensor(.doubles([9])),
            ])
        #expect(try node.run(.integers([6, 7], 2)) == [.doubles([0.25, 9], 2)])
    }

    @Test
    func theFirstVersionReadsBothWays() throws {
        let node = SingleNode.learning("LabelEncoder", ["classes_strings": .strings(["a", "b"])])
        #expect(try node.run(.texts(["b", "?"], 2)) == [.integers([1, -1], 2)])
        #expect(try node.run(.integers([0, 7], 2)) == [.texts(["a", "_Unused"], 2)])
    }

    @Test(arguments: [
        ["keys_strings": Attribute.strings(["a"]), "values_int64s": .integers([1, 2])],
        ["keys_strings": .strings(["a"])],
        ["values_strings": .strings(["a"])],
        [
            "keys_strings": .strings(["a"]), "values_tensor": .tensor(.integers([1])),
            "default_tensor": .tensor(.doubles([1])),
        ],
    ])
    func tablesThatDoNotFitAreRefusedAtLoad(_ attributes: [String: Attribute]) {
        #expect(throws: ModelError.self) { try SingleNode.learning("LabelEncoder", attributes).load() }
    }
}
