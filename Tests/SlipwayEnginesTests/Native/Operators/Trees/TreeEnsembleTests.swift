import SlipwayModel
import Testing

struct TreeEnsembleTests {
    /// One tree: `x0 <= 0.5`, then 1, else 2.
    private static let stump: [String: Attribute] = [
        "nodes_treeids": .integers([0, 0, 0]), "nodes_nodeids": .integers([0, 1, 2]),
        "nodes_featureids": .integers([0, 0, 0]), "nodes_values": .floats([0.5, 0, 0]),
        "nodes_modes": .strings(["BRANCH_LEQ", "LEAF", "LEAF"]), "nodes_truenodeids": .integers([1, 0, 0]),
        "nodes_falsenodeids": .integers([2, 0, 0]), "n_targets": .integer(1), "target_treeids": .integers([0, 0]),
        "target_nodeids": .integers([1, 2]), "target_ids": .integers([0, 0]), "target_weights": .floats([1, 2]),
    ]

    private static func regressor(_ changes: [String: Attribute] = [:]) -> SingleNode {
        .learning("TreeEnsembleRegressor", stump.merging(changes) { $1 })
    }

    @Test
    func aValueAtTheThresholdGoesTrueAndTheNextOneFalse() throws {
        let answer = try Self.regressor().run(.floats([0.5, Float(0.5).nextUp], 2, 1))
        #expect(answer == [.floats([1, 2], 2, 1)])
    }

    @Test
    func aDoubleJustAboveASinglePrecisionThresholdGoesFalse() throws {
        let answer = try Self.regressor().run(.doubles([0.5, 0.5 + 1e-12], 2, 1))
        #expect(answer == [.floats([1, 2], 2, 1)])
    }

    @Test
    func missingValuesFollowTheirFlag() throws {
        let tracked = Self.regressor(["nodes_missing_value_tracks_true": .integers([1, 0, 0])])
        #expect(try Self.regressor().run(.floats([.nan], 1, 1)) == [.floats([2], 1, 1)])
        #expect(try tracked.run(.floats([.nan], 1, 1)) == [.floats([1], 1, 1)])
    }

    @Test
    func twoBranchesMayShareALeaf() throws {
        let shared = Self.regressor(["nodes_falsenodeids": .integers([1, 0, 0])])
        #expect(try shared.run(.floats([9], 1, 1)) == [.floats([1], 1, 1)])
    }

    @Test(arguments: [
        ("nodes_truenodeids", Attribute.integers([7, 0, 0]), "branch to node 7"),
        ("nodes_falsenodeids", .integers([-1, 0, 0]), "branch to node -1"),
        ("nodes_truenodeids", .integers([0, 0, 0]), "cycle"),
        ("nodes_nodeids", .integers([0, 1, 1]), "given twice"),
        ("nodes_featureids", .integers([-3, 0, 0]), "feature -3"),
        ("nodes_featureids", .integers([.max, 0, 0]), "feature"),
        ("nodes_values", .floats([0.5]), "'nodes_values' has 1 elements instead of 3"),
        ("nodes_modes", .strings(["BRANCH_LEQ", "LEAF"]), "'nodes_modes' has 2"),
        ("nodes_missing_value_tracks_true", .integers([1]), "tracks_true"),
        ("target_ids", .integers([0, 1]), "target 1 of 1"),
        ("target_ids", .integers([0, -1]), "target -1 of 1"),
        ("target_nodeids", .integers([1, 9]), "node 9 of tree 0"),
        ("target_weights", .floats([1]), "target_weights"),
        ("n_targets", .integer(0), "0 targets"),
        ("base_values", .floats([1, 2, 3]), "3 base values"),
        ("aggregate_function", .string("MEDIAN"), "MEDIAN"),
        ("post_transform", .string("CUBE"), "CUBE"),
        ("nodes_treeids", .floats([0, 0, 0]), "not a list of integers"),
        ("nodes_treeids", .integers([]), "no trees"),
    ])
    func brokenAttributesAreRefusedAtLoad(_ name: String, _ value: Attribute, _ words: String) throws {
        let error = try #require(throws: ModelError.self) { try Self.regressor([name: value]).load() }
        #expect(error.kind == .invalidGraph)
        #expect(error.message.hasPrefix("node 'the node' (ai.onnx.ml.TreeEnsembleRegressor)"))
        #expect(error.message.contains(words))
    }

    @Test
    func aDeepCycleIsFound() {
        let cycle = Self.regressor([
            "nodes_modes": .strings(["BRANCH_LEQ", "BRANCH_LEQ", "LEAF"]), "nodes_truenodeids": .integers([1, 0, 0]),
            "nodes_falsenodeids": .integers([2, 2, 0]),
        ])
        #expect(throws: ModelError.self) { try cycle.load() }
    }

    @Test
    func aModeThatIsNotKnownIsNotCovered() throws {
        let node = Self.regressor(["nodes_modes": .strings(["BRANCH_MEMBER", "LEAF", "LEAF"])])
        let error = try #require(throws: ModelError.self) { try node.load() }
        #expect(error.kind == .unsupportedModel)
    }

    @Test
    func rowsNarrowerThanTheTreesAreRefused() throws {
        let node = Self.regressor(["nodes_featureids": .integers([4, 0, 0])])
        let error = try #require(throws: ModelError.self) { try node.run(.floats([1, 2], 1, 2)) }
        #expect(error.message.contains("rows have 2 features, but the trees read 5"))
    }

    @Test
    func rowsWithoutFeaturesReachASingleLeaf() throws {
        let leaf = Self.regressor([
            "nodes_treeids": .integers([0]), "nodes_nodeids": .integers([0]), "nodes_featureids": .integers([0]),
            "nodes_values": .floats([0]), "nodes_modes": .strings(["LEAF"]), "nodes_truenodeids": .integers([0]),
            "nodes_falsenodeids": .integers([0]), "target_treeids": .integers([0]), "target_nodeids": .integers([0]),
            "target_ids": .integers([0]), "target_weights": .floats([4]),
        ])
        #expect(try leaf.run(.floats([], 2, 0)) == [.floats([4, 4], 2, 1)])
    }

    @Test
    func textIsNoFeature() {
        #expect(throws: ModelError.self) { try Self.regressor().run(.texts(["a"], 1, 1)) }
    }
}
