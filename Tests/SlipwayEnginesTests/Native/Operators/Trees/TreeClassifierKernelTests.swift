import SlipwayModel
import Testing

struct TreeClassifierKernelTests {
    private func classifier(_ changes: [String: Attribute]) -> SingleNode {
        let attributes: [String: Attribute] = [
            "nodes_treeids": .integers([0, 0, 0]), "nodes_nodeids": .integers([0, 1, 2]),
            "nodes_featureids": .integers([0, 0, 0]), "nodes_values": .floats([0, 0, 0]),
            "nodes_modes": .strings(["BRANCH_LT", "LEAF", "LEAF"]), "nodes_truenodeids": .integers([1, 0, 0]),
            "nodes_falsenodeids": .integers([2, 0, 0]), "class_treeids": .integers([0, 0]),
            "class_nodeids": .integers([1, 2]), "class_ids": .integers([0, 0]), "class_weights": .floats([0.2, 0.9]),
            "classlabels_strings": .strings(["no", "yes"]),
        ]
        return .learning("TreeEnsembleClassifier", attributes.merging(changes) { $1 }, outputs: 2)
    }

    @Test
    func weightsOfOneClassWithoutANegativeOneAreProbabilities() throws {
        let answer = try classifier([:]).run(.floats([-1, 1], 2, 1))
        #expect(answer[0] == .texts(["no", "yes"]))
        #expect(answer[1] == .floats([1 - 0.2, 0.2, 1 - 0.9, 0.9], 2, 2))
    }

    @Test
    func weightsOfOneClassWithANegativeOneAreMargins() throws {
        let answer = try classifier(["class_weights": .floats([-0.2, 0.3])]).run(.floats([-1, 1], 2, 1))
        #expect(answer[0] == .texts(["no", "yes"]))
        #expect(answer[1] == .floats([0.2, -0.2, -0.3, 0.3], 2, 2))
    }

    @Test
    func aProbabilityOfExactlyOneHalfIsTheFirstClass() throws {
        let answer = try classifier(["class_weights": .floats([0.5, 0.5])]).run(.floats([1], 1, 1))
        #expect(answer[0] == .texts(["no"]))
    }

    @Test
    func ofThreeClassesTheHighestScoreWins() throws {
        let node = classifier([
            "classlabels_strings": .strings([]), "classlabels_int64s": .integers([10, 20, 30]),
            "class_ids": .integers([2, 1]),
        ])
        #expect(try node.run(.floats([-1, 1], 2, 1))[0] == .integers([30, 20]))
    }

    @Test(arguments: [
        ["classlabels_strings": Attribute.strings([])],
        ["classlabels_int64s": .integers([1, 2])],
        ["class_ids": .integers([0, 2])],
        ["base_values": .floats([1, 2, 3])],
        ["classlabels_strings": .strings(["only"])],
        ["post_transform": .string("PROBIT")],
    ])
    func whatCannotBeDecidedIsRefusedAtLoad(_ changes: [String: Attribute]) {
        #expect(throws: ModelError.self) { try classifier(changes).load() }
    }
}
