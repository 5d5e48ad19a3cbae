import SlipwayModel
import Testing

struct NormalizerKernelTests {
    @Test(arguments: [("L1", [-0.375, 0.625]), ("L2", [-0.51449573, 0.8574929]), ("MAX", [-0.6, 1])])
    func eachNormDividesTheRow(_ norm: String, _ expected: [Float]) throws {
        let node = SingleNode.learning("Normalizer", ["norm": .string(norm)])
        let answer = try #require(try node.run(.floats([-3, 5, 0, 0], 2, 2))[0].asDoubles)
        #expect(zip(answer, expected).allSatisfy { abs($0 - Double($1)) < 1e-7 })
        #expect(Array(answer.suffix(2)) == [0, 0], "a row of zeros stays")
    }

    @Test
    func aNormThatIsNotKnownIsRefused() {
        #expect(throws: ModelError.self) {
            try SingleNode.learning("Normalizer", ["norm": .string("L3")]).load()
        }
    }
}
