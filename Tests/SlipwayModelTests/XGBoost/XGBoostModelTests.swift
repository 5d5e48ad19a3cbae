import Foundation
import SlipwayData
import Testing

@testable import SlipwayModel

struct XGBoostModelTests {
    static let fixtures = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures/xgboost")

    private func model(_ name: String, _ suffix: String = "json") throws -> XGBoostModel {
        try XGBoostModel(bytes: Data(contentsOf: Self.fixtures.appendingPathComponent("\(name)/model.\(suffix)")))
    }

    /// A model's JSON with one text in it replaced.
    private func altered(_ name: String, _ old: String, _ new: String) throws -> Data {
        let file = Self.fixtures.appendingPathComponent("\(name)/model.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        try #require(text.contains(old))
        return Data(text.replacing(old, with: new).utf8)
    }

    private func refusal(_ bytes: Data, limits: XGBoostLimits = .default) -> ModelError? {
        do throws(ModelError) {
            _ = try XGBoostModel(bytes: bytes, limits: limits).onnx()
            return nil
        } catch {
            return error
        }
    }

    // MARK: What is read

    @Test(arguments: ["codes-partition", "frame-texts", "dart-softprob", "linear"])
    func bothFormatsHoldTheSameModel(name: String) throws {
        let json = try model(name)
        #expect(try json == model(name, "ubj"))
        #expect(try json.onnx() == model(name, "ubj").onnx())
    }

    @Test func aModelIsReadWhole() throws {
        let model = try model("dart-softprob")
        #expect(model.version == [3, 2, 0])
        #expect(model.featureNames == ["field 0", "field 1", "field 2", "field 3"])
        #expect(model.objectiveName == "multi:softprob")
        #expect(model.outputCount == 3)
        #expect(model.baseScores.count == 3)
        guard case .trees(let forest) = model.booster else { throw CancellationError() }
        #expect(forest.trees.count == 15)
        #expect(forest.outputs.prefix(4) == [0, 1, 2, 0])
        #expect(forest.roundStarts == [0, 3, 6, 9, 12, 15])
        #expect(forest.weights?.count == 15)
        #expect(forest.trees.allSatisfy { $0.sumHessian.count == $0.nodeCount })
    }

    @Test func theTreesUpToTheBestIterationCount() throws {
        let model = try model("stopped-forest", "ubj")
        guard case .trees(let forest) = model.booster else { throw CancellationError() }
        let best = try #require(model.attributes["best_iteration"].flatMap(Int.init))
        #expect(model.treeCount(of: forest) == (best + 1) * 3)
        #expect(model.treeCount(of: forest) < forest.trees.count)
    }

    @Test func earlierVersionsAreRead() throws {
        let model = try model("older")
        #expect(model.version == [1, 7, 6])
        #expect(model.baseScores == [0.25])
        guard case .trees(let forest) = model.booster else { throw CancellationError() }
        #expect(forest.roundStarts == Array(0...forest.trees.count))
    }

    // MARK: What is written

    @Test func aClassifierAnswersWithLabelAndProbabilities() throws {
        let graph = try ONNXModel(bytes: model("dart-softprob").onnx()).graph()
        #expect(graph.outputs.map(\.name) == ["label", "probabilities"])
        #expect(graph.outputs[1].type == .tensor(.float32, shape: [nil, 3]))
        let signature = try Signature(deriving: graph)
        #expect(signature.inputs.map(\.name) == ["field 0", "field 1", "field 2", "field 3"])
        #expect(graph.metadata["source_format"] == "XGBoost 3.2.0")
    }

    @Test func categoriesBecomeInputsOfTheirOwnType() throws {
        let graph = try ONNXModel(bytes: model("frame-texts").onnx()).graph()
        let signature = try Signature(deriving: graph)
        #expect(signature.inputs.map(\.name) == ["size", "colour", "weight"])
        #expect(signature.inputs.map(\.type) == [.number, .string, .number])
    }

    @Test func coversOfNodesAndLeavesTravelWithTheGraph() throws {
        let model = try model("older")
        guard case .trees(let forest) = model.booster else { throw CancellationError() }
        let covers = try #require(try ONNXModel(bytes: model.onnx()).graph().treeCovers)
        let stored = forest.trees.flatMap(\.sumHessian).map(Double.init)
        // The base score is a tree of its own, written as one node with two leaves.
        #expect(covers.filter { $0 > 0 }.sorted() == stored.filter { $0 > 0 }.sorted())
        #expect(covers.count == stored.count + 3)
    }

    // MARK: What is refused

    @Test(arguments: [
        ("\"weights\":[", "\"weights\":[1,", "weights"),
        ("\"num_feature\":\"4\"", "\"num_feature\":\"x\"", "num_feature"),
        ("\"num_feature\":\"4\"", "\"num_feature\":\"0\"", "num_feature"),
        ("\"learner\"", "\"teacher\"", "'learner' is missing"),
        ("\"base_score\":\"[", "\"base_score\":\"[a,", "base_score"),
        ("\"feature_names\":[", "\"feature_names\":[7,", "feature_names[0]"),
        ("\"feature_names\":[", "\"feature_names\":[\"one more\",", "feature_names"),
        ("\"name\":\"gblinear\"", "\"name\":7", "gradient_booster.name"),
        ("\"version\":[3", "\"version\":[x", "version[0]"),
    ])
    func aBrokenModelIsRefusedWithItsPlace(old: String, new: String, place: String) throws {
        let error = try #require(refusal(altered("linear", old, new)))
        #expect(error.kind == .malformedModel)
        #expect(error.message.contains(place), "\(error.message)")
        #expect(error.hint != nil)
    }

    @Test(arguments: [
        ("\"left_children\":[1", "\"left_children\":[99", "left_children[0]"),
        ("\"left_children\":[1", "\"left_children\":[0", "reached twice"),
        ("\"left_children\":[1", "\"left_children\":[-2", "left_children[0]"),
        ("\"right_children\":[", "\"right_children\":[5,", "right_children"),
        ("\"split_indices\":[", "\"split_indices\":[-3,", "split_indices"),
        ("\"num_feature\":\"4\",\"num_nodes", "\"num_feature\":\"2\",\"num_nodes", ""),
        ("\"categories_nodes\":[", "\"categories_nodes\":[700,", "categories"),
        ("\"categories_sizes\":[", "\"categories_sizes\":[99,", "categories"),
        ("\"split_type\":[1", "\"split_type\":[0", "split_type"), ("\"tree_info\":[0", "\"tree_info\":[1", "tree_info"),
        ("\"iteration_indptr\":[0", "\"iteration_indptr\":[1", "iteration_indptr"),
    ])
    func aBrokenTreeIsRefusedWithItsPlace(old: String, new: String, place: String) throws {
        let bytes = try altered("codes-partition", old, new)
        guard !place.isEmpty else { return #expect(refusal(bytes) == nil) }
        let error = try #require(refusal(bytes))
        #expect(error.kind == .malformedModel)
        #expect(error.message.contains(place), "\(error.message)")
    }

    @Test func whatCannotBeRunIsRefusedWithAReason() throws {
        let objective = try altered("linear", "\"name\":\"reg:squarederror\"", "\"name\":\"reg:own\"")
        #expect(refusal(objective)?.message.contains("reg:own") == true)
        let vectors = try altered("codes-partition", "\"size_leaf_vector\":\"1\"", "\"size_leaf_vector\":\"2\"")
        #expect(refusal(vectors)?.hint?.contains("multi_strategy") == true)
        let booster = try altered("linear", "\"name\":\"gblinear\"", "\"name\":\"gbother\"")
        #expect(refusal(booster)?.message.contains("gbother") == true)
        // XGBoost itself has already lost the last bytes of such texts.
        let foreign = try altered("frame-texts", "\"values\":[114,101", "\"values\":[-61,-68")
        #expect(refusal(foreign)?.message.contains("beyond ASCII") == true)
        for bytes in [objective, vectors, booster, foreign] { #expect(refusal(bytes)?.kind == .unsupportedModel) }
    }

    @Test func limitsHold() throws {
        let bytes = try Data(contentsOf: Self.fixtures.appendingPathComponent("codes-partition/model.json"))
        for limits in [
            XGBoostLimits(byteCount: 100), XGBoostLimits(depth: 5), XGBoostLimits(treeCount: 2),
            XGBoostLimits(nodeCount: 10), XGBoostLimits(featureCount: 3),
        ] {
            #expect(refusal(bytes, limits: limits)?.kind == .limitExceeded, "\(limits)")
        }
    }

    @Test func theOldBinaryFormatIsToldApart() {
        var old = Data("binf".utf8) + Data(repeating: 0, count: 136)
        #expect(refusal(old)?.hint?.contains("save_model") == true)
        old = Data(repeating: 7, count: 136) + Data([8, 0, 0, 0, 0, 0, 0, 0]) + Data("binary:x".utf8)
        #expect(!XGBoostModel.recognisesBinaryFormat(old))
        old += Data([6, 0, 0, 0, 0, 0, 0, 0]) + Data("gbtree".utf8)
        #expect(XGBoostModel.recognisesBinaryFormat(old))
        #expect(!XGBoostModel.recognises(old))
    }
}
