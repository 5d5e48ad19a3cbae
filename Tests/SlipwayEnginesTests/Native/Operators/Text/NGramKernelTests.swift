import SlipwayModel
import Testing

struct NGramKernelTests {
    /// Pairs and single words: a, b, then "a b" and "b b", with columns in another order.
    private static func node(_ changes: [String: Attribute] = [:]) -> SingleNode {
        let attributes: [String: Attribute] = [
            "mode": .string("TF"), "min_gram_length": .integer(1), "max_gram_length": .integer(2),
            "max_skip_count": .integer(0), "ngram_counts": .integers([0, 2]), "ngram_indexes": .integers([3, 2, 1, 0]),
            "pool_strings": .strings(["a", "b", "a", "b", "b", "b"]),
        ]
        return SingleNode(operatorName: "TfIdfVectorizer", attributes: attributes.merging(changes) { $1 })
    }

    @Test func sequencesAreCountedInTheirColumns() throws {
        let answer = try Self.node().run(.texts(["a", "b", "b", "c", "b", "a", "c", "a"], 2, 4))
        #expect(answer == [.floats([1, 1, 2, 1, 0, 0, 1, 2], 2, 4)])
    }

    @Test func skippedWordsMayStandBetween() throws {
        let answer = try Self.node(["max_skip_count": .integer(1)]).run(.texts(["a", "c", "b"]))
        #expect(answer == [.floats([0, 1, 1, 1])])
    }

    @Test func weightsCountOnceForPresence() throws {
        let node = Self.node(["mode": .string("IDF"), "weights": .floats([0.5, 2, 3, 4])])
        #expect(try node.run(.texts(["b", "b", "b"])) == [.floats([4, 0, 2, 0])])
    }

    @Test func ofASequenceGivenTwiceTheLastColumnCounts() throws {
        let node = Self.node([
            "ngram_counts": .integers([0]), "ngram_indexes": .integers([0, 1]), "pool_strings": .strings(["a", "a"]),
        ])
        #expect(try node.run(.texts(["a"])) == [.floats([0, 1])])
    }

    @Test(arguments: [[0, 3], [0, 7], [-1, 2], [2, 0]] as [[Int64]])
    func countsThatDoNotCutThePoolAreRefused(_ counts: [Int64]) {
        #expect(throws: ModelError.self) { try Self.node(["ngram_counts": .integers(counts)]).load() }
    }

    @Test func numbersAreNoWords() {
        #expect(throws: ModelError.self) { try Self.node().run(.integers([1, 2])) }
    }
}
