import SlipwayModel
import Testing

struct LinearClassifierKernelTests {
    private func classifier(_ changes: [String: Attribute]) -> SingleNode {
        let attributes: [String: Attribute] = [
            "coefficients": .floats([1, 0, 0, 1]), "intercepts": .floats([0, 0]),
            "classlabels_strings": .strings(["left", "right"]),
        ]
        return .learning("LinearClassifier", attributes.merging(changes) { $1 }, outputs: 2)
    }

    @Test
    func ofEqualScoresTheFirstClassWins() throws {
        let answer = try classifier([:]).run(.floats([3, 3, 1, 2], 2, 2))
        #expect(answer == [.texts(["left", "right"]), .floats([3, 3, 1, 2], 2, 2)])
    }

    @Test
    func oneScoreDecidesBetweenTwoClassesByItsSign() throws {
        let node = classifier(["coefficients": .floats([1, 0]), "intercepts": .floats([0])])
        #expect(
            try node.run(.floats([0, 9, 2, 9], 2, 2)) == [.texts(["left", "right"]), .floats([1, 0, -1, 2], 2, 2)])
    }

    @Test
    func twoOppositeScoresAreWrittenAsTwo() throws {
        let node = classifier(["coefficients": .floats([-1, -2, 1, 2]), "intercepts": .floats([3, -3])])
        #expect(
            try node.run(.floats([0, 9, 1, 1, .nan, 0], 3, 2))[0] == .texts(["right", "left", "left"]))
        #expect(try node.run(.floats([0, 9, 1, 1], 2, 2))[1] == .floats([-15, 15, 0, 0], 2, 2))
    }

    @Test
    func theSharesOfTwoOppositeScoresAreThoseOfEachScore() throws {
        let shared: [String: Attribute] = ["post_transform": .string("LOGISTIC"), "intercepts": .floats([0.5, -0.5])]
        let opposite = classifier(shared.merging(["coefficients": .floats([-1, 2, 1, -2])]) { $1 })
        // A third score, below all others, keeps the two from being computed as one.
        let separate = classifier([
            "post_transform": .string("LOGISTIC"), "coefficients": .floats([-1, 2, 1, -2, 0, 0]),
            "intercepts": .floats([0.5, -0.5, -99]), "classlabels_strings": .strings(["left", "right", "none"]),
        ])
        let rows = (0..<600).map { Float($0 % 37) / 5 - 4 }
        let both = try opposite.run(.floats(rows, 300, 2))
        let each = try separate.run(.floats(rows, 300, 2))
        let shares = try #require(each[1].asDoubles)
        #expect(both[1].asDoubles == shares.indices.filter { $0 % 3 < 2 }.map { shares[$0] })
        #expect(both[0] == each[0])
    }

    @Test(arguments: [
        ["coefficients": Attribute.floats([1, 2, 3])], ["coefficients": .floats([])],
        ["intercepts": .floats([1, 2, 3])], ["classlabels_strings": .strings(["only"])],
        ["coefficients": .integers([1])], ["post_transform": .string("")],
    ])
    func attributesThatDoNotFitAreRefusedAtLoad(_ changes: [String: Attribute]) {
        #expect(throws: ModelError.self) { try classifier(changes).load() }
    }

    @Test
    func rowsOfAnotherWidthAreRefused() throws {
        let error = try #require(throws: ModelError.self) { try classifier([:]).run(.floats([1], 1, 1)) }
        #expect(error.message.contains("rows have 1 features, but the model has 2"))
    }
}
