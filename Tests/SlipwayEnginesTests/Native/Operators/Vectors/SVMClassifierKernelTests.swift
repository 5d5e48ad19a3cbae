import SlipwayModel
import Testing

struct SVMClassifierKernelTests {
    private static let attributes: [String: Attribute] = [
        "classlabels_ints": .integers([0, 1]), "vectors_per_class": .integers([1, 1]),
        "support_vectors": .floats([1, 0, 0, 1]), "coefficients": .floats([1, -1]), "rho": .floats([0]),
        "kernel_type": .string("LINEAR"), "kernel_params": .floats([0, 0, 0]),
    ]

    private func node(_ name: String, _ value: Attribute) -> SingleNode {
        .learning("SVMClassifier", Self.attributes.merging([name: value]) { $1 }, outputs: 2)
    }

    @Test func theClassWithTheVoteWins() throws {
        let node = SingleNode.learning("SVMClassifier", Self.attributes, outputs: 2)
        let answer = try node.run(.floats([3, 1, 1, 3], 2, 2))
        #expect(answer == [.integers([0, 1]), .floats([-2, 2, 2, -2], 2, 2)])
    }

    @Test func rowsOfAnotherWidthAreRefused() {
        let node = SingleNode.learning("SVMClassifier", Self.attributes, outputs: 2)
        #expect(throws: ModelError.self) { try node.run(.floats([1, 2, 3], 1, 3)) }
    }

    @Test(
        arguments: [
            ("vectors_per_class", .integers([1, .max])), ("vectors_per_class", .integers([-1, 1])),
            ("rho", .floats([])),
            ("coefficients", .floats([1])), ("support_vectors", .floats([1])), ("prob_a", .floats([1])),
            ("kernel_type", .string("WAVE")), ("kernel_params", .floats([1])), ("classlabels_ints", .integers([0])),
        ] as [(String, Attribute)])
    func attributesThatDoNotFitAreRefusedAtLoad(name: String, value: Attribute) {
        #expect(throws: ModelError.self) { try node(name, value).load() }
    }
}
