import SlipwayModel
import Testing

struct TokenizerKernelTests {
    private func tokens(_ pattern: String, _ text: String) throws -> [Tensor] {
        let attributes: [String: Attribute] = [
            "tokenexp": .string(pattern), "pad_value": .string("#"), "mark": .integer(0), "mincharnum": .integer(1),
        ]
        return try SingleNode(
            operatorName: "Tokenizer", domain: "com.microsoft", attributes: attributes, opsets: ["com.microsoft": 1]
        ).run(.texts([text]))
    }

    @Test func wordsAreTheLongestRunsOfTheClass() throws {
        #expect(try tokens("[a-z]+", "ab, c1d") == [.texts(["ab", "c", "d"], 1, 3)])
        #expect(try tokens("\\w+", "a_1-é") == [.texts(["a_1"], 1, 1)])
        #expect(try tokens(".", "aé") == [.texts(["a", "é"], 1, 2)])
        #expect(try tokens("[a-z]", "ab") == [.texts(["a", "b"], 1, 2)])
        #expect(try tokens("[a-z]+", "éab漢c") == [.texts(["ab", "c"], 1, 2)])
    }

    @Test func aTextWithoutWordsIsFilledUp() throws {
        #expect(try tokens("[a-z]+", "") == [.texts(["#"], 1, 1)])
    }

    @Test(arguments: ["\\b\\w\\w+\\b", "[^a]+", "a|b", "", "[]", "[z-a]", "(a)+", "[\\d]+"])
    func anyOtherPatternIsDeclined(_ pattern: String) {
        let error = #expect(throws: ModelError.self) { try tokens(pattern, "a") }
        #expect(error?.kind == .unsupportedModel)
    }
}
