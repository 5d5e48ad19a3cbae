import Foundation
import SlipwayData
import Testing

@testable import SlipwayModel

struct LightGBMModelTests {
    private func graph(_ bytes: Data) throws -> Graph {
        try ONNXModel(bytes: LightGBMModel(bytes: bytes).onnx()).graph()
    }

    @Test func aModelIsKnownByItsFirstLines() {
        #expect(LightGBMModel.recognises(Data(LightGBMText.whole.utf8)))
        #expect(LightGBMModel.recognises(Data(LightGBMText.whole.replacing("\n", with: "\r\n").utf8)))
        #expect(!LightGBMModel.recognises(Data("tree\n".utf8)))
        #expect(!LightGBMModel.recognises(Data("trees\nversion=v4\n".utf8)))
        #expect(!LightGBMModel.recognises(Data()))
    }

    @Test func linesMayEndAsOnWindows() throws {
        let windows = Data(LightGBMText.whole.replacing("\n", with: "\r\n").utf8)
        #expect(try LightGBMModel(bytes: windows).onnx() == LightGBMModel(bytes: Data(LightGBMText.whole.utf8)).onnx())
    }

    @Test func fieldsAreNamedAsInTraining() throws {
        let signature = try Signature(deriving: graph(Data(LightGBMText.whole.utf8)))
        #expect(signature.inputs.map(\.name) == ["amount", "code"])
        #expect(signature.inputs.map(\.elementType) == [.float64, .float64])
        #expect(signature.outputs.map(\.name) == ["label", "probabilities"])
        #expect(signature.task.kind == .binary)
        #expect(signature.task.classes == ["0", "1"])
        #expect(signature.task.positiveClass == "1")
    }

    @Test func fieldsThatTheModelCanDoWithoutAreOptional() throws {
        let unread = try Signature(deriving: graph(LightGBMText.replacing("feature=0 1", with: "feature=0 0")))
        #expect(unread.inputs.map(\.isRequired) == [true, false])
        let signature = try Signature(deriving: graph(Data(LightGBMText.whole.utf8)))
        #expect(signature.inputs.map(\.isRequired) == [false, true])
    }

    @Test func splitsKeepTheirRules() throws {
        let model = try LightGBMModel(bytes: Data(LightGBMText.whole.utf8))
        let tree = try #require(model.trees.trees.first)
        #expect(
            tree.nodes == [
                .init(
                    feature: 0, condition: .lessOrEqual(0.5), sendsMissingToTrue: true, whenTrue: .node(1),
                    whenFalse: .leaf(2), cover: 100),
                .init(
                    feature: 1, condition: .member([0, 2, 40]), sendsMissingToTrue: false, whenTrue: .leaf(0),
                    whenFalse: .leaf(1), cover: 50),
            ])
        #expect(tree.leaves.map(\.value) == [0.25, -0.5, 1])
        #expect(model.trees.trees[1].leaves == [.init(value: 0.125)])
        #expect(model.columns.readings == [.asGiven, .category])
    }

    @Test func coversTravelWithTheModel() throws {
        // The tree of one leaf is written as a split between two equal ones.
        #expect(
            try graph(Data(LightGBMText.whole.utf8)).treeCovers == [100, 50, 0, 30, 20, 50, 0, 0])
    }

    @Test(arguments: [
        ("0.5 0", "0 0", BoostedTrees.Condition.lessOrEqual(LightGBMColumns.zeroBound)),
        ("0.5 0", "-1e-40 0", .lessOrEqual((-LightGBMColumns.zeroBound).nextDown)),
        ("0.5 0", "inf 0", .lessOrEqual(.infinity)),
        ("0.5 0", "1e-35 0", .lessOrEqual(LightGBMColumns.zeroBound)),
    ])
    func thresholdsWithinZeroMoveToItsEnd(old: String, new: String, expected: BoostedTrees.Condition) throws {
        let model = try LightGBMModel(bytes: LightGBMText.replacing("threshold=\(old)", with: "threshold=\(new)"))
        #expect(model.trees.trees[0].nodes[0].condition == expected)
    }

    @Test(arguments: [
        (0, true, LightGBMColumns.Reading.asGiven), (2, true, .asGiven), (8, false, .asGiven), (10, true, .asGiven),
        (6, true, .asGiven), (4, false, .zeroIsMissing),
    ])
    func missingValuesGoWhereTheDecisionTypeSends(
        decision: Int, sendsMissingToTrue: Bool, reading: LightGBMColumns.Reading
    ) throws {
        let model = try LightGBMModel(
            bytes: LightGBMText.replacing("decision_type=10 1", with: "decision_type=\(decision) 1"))
        #expect(model.trees.trees[0].nodes[0].sendsMissingToTrue == sendsMissingToTrue)
        #expect(model.columns.readings[0] == reading)
    }

    @Test func aFeatureReadInTwoWaysHasAColumnForEach() throws {
        let bytes = LightGBMText.replacing("split_feature=0 1", with: "split_feature=1 1")
        let model = try LightGBMModel(bytes: bytes)
        #expect(model.columns.features == [0, 1, 1])
        #expect(model.columns.readings == [.asGiven, .asGiven, .category])
        #expect(model.trees.trees[0].nodes.map(\.feature) == [1, 2])
        #expect(try graph(bytes).inputs.map(\.width) == [2])
    }

    @Test func categoriesOfPandasAreSentAsTheyAre() throws {
        let graph = try graph(LightGBMText.withCategories(#"[["north", "south"]]"#))
        #expect(graph.inputs.map(\.name) == ["amount", "code"])
        #expect(
            graph.inputs.map(\.type) == [
                .tensor(.float64, shape: [nil, 1]), .tensor(.string, shape: [nil, 1]),
            ])
        // A code of pandas has no fraction to cut off.
        #expect(!graph.nodes.contains { $0.operatorName == "Floor" })
    }

    @Test func categoriesOfOtherBytesAreOtherCategories() throws {
        // One is written in one code point, the other in two: Swift takes them for the same text, pandas does not.
        let texts = ["\u{E9}", "e\u{301}"]
        let graph = try graph(LightGBMText.withCategories(#"[["\u00e9", "e\u0301"]]"#))
        let encoder = try #require(graph.nodes.first { $0.operatorName == "LabelEncoder" })
        guard case .tensor(let keys)? = encoder.attributes["keys_tensor"], case .string(let found) = keys.elements
        else {
            Issue.record("the encoder has no texts as keys")
            return
        }
        #expect(found.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    }

    @Test func numbersAsCategoriesStayNumbers() throws {
        let graph = try graph(LightGBMText.withCategories("[[10, 20.5, true]]"))
        #expect(graph.inputs.map(\.type.elementType) == [.float64, .float64])
        let encoder = try #require(graph.nodes.first { $0.operatorName == "LabelEncoder" })
        #expect(encoder.attributes["keys_tensor"] == .tensor(Tensor(shape: [3], elements: .float64([10, 20.5, 1]))))
    }

    @Test func featuresNamedLikeOutputsKeepTheirNames() throws {
        let bytes = Data(
            String(decoding: LightGBMText.withCategories(#"[["north", "south"]]"#), as: UTF8.self)
                .replacing("amount", with: "label").utf8)
        let graph = try graph(bytes)
        #expect(graph.inputs.map(\.name) == ["label", "code"])
        #expect(graph.outputs.map(\.name) == ["label_2", "probabilities"])
    }

    @Test(arguments: [
        ("objective=custom", ["Identity"]), ("objective=regression", ["Identity"]),
        ("objective=poisson", ["Exp", "Identity"]), ("objective=mape sqrt", ["Sign", "Mul", "Mul", "Identity"]),
        ("objective=cross_entropy", ["Sigmoid", "Identity"]), ("", ["Identity"]),
    ])
    func theObjectiveDecidesTheLink(objective: String, operators: [String]) throws {
        let graph = try graph(LightGBMText.replacing("objective=binary sigmoid:1", with: objective))
        let names = graph.nodes.map(\.operatorName)
        #expect(Array(names[names.index(after: try #require(names.firstIndex(of: "TreeEnsemble")))...]) == operators)
        #expect(graph.outputs.map(\.name) == ["prediction"])
    }
}
