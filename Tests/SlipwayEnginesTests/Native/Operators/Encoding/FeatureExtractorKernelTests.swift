import SlipwayModel
import Testing

struct FeatureExtractorKernelTests {
    private let extractor = SingleNode.learning("ArrayFeatureExtractor", [:])

    @Test
    func aVectorBecomesOneRow() throws {
        #expect(try extractor.run(.texts(["a", "b", "c"]), .integers([2, 0])) == [.texts(["c", "a"], 1, 2)])
    }

    @Test(arguments: [[3], [-1], [Int64.max], []])
    func featuresThatAreNotThereAreRefused(_ indices: [Int64]) {
        #expect(throws: ModelError.self) { try extractor.run(.floats([1, 2, 3], 1, 3), .integers(indices)) }
    }
}
