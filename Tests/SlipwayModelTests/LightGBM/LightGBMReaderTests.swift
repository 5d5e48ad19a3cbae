import Foundation
import SlipwayTesting
import Testing

@testable import SlipwayModel

/// A model with one text replaced, and the words that its refusal must hold.
struct MalformedLightGBM: Sendable, CustomTestStringConvertible {
    var testDescription: String { "'\(old)' becomes '\(new)'" }
    var old: String
    var new: String
    var kind = ModelError.Code.malformedModel
    var words: [String]

    init(_ old: String, _ new: String, _ kind: ModelError.Code = .malformedModel, _ words: String...) {
        self.old = old
        self.new = new
        self.kind = kind
        self.words = words
    }
}

struct LightGBMReaderTests {
    static let malformed: [MalformedLightGBM] = [
        .init("version=v4", "version=v9", .unsupportedModel, "'v9'", "v2, v3, and v4"),
        .init("version=v4\n", "", .malformedModel, "no 'version'"),
        .init("num_class=1", "num_class=0", .malformedModel, "line 3", "'num_class'", "'0'", "from 1 to 10000"),
        .init("num_class=1", "num_class=-3", .malformedModel, "'-3'"),
        .init("num_class=1", "num_class=2", .malformedModel, "line 7", "2 classes"),
        .init("max_feature_idx=1", "max_feature_idx=2", .malformedModel, "'feature_names' holds 2", "asks for 3"),
        .init("feature_names=amount code", "feature_names=code code", .malformedModel, "a name twice"),
        .init("[-3:3] 0:1:2:40", "[-3:3]", .malformedModel, "'feature_infos' holds 1"),
        .init("objective=binary", "objective=guess", .unsupportedModel, "'guess'"),
        .init("sigmoid:1", "sigmoid:0", .malformedModel, "'sigmoid:0'"),
        .init("tree_sizes=100 100", "tree_sizes=100", .malformedModel, "2 trees", "announces 1"),
        .init("Tree=1", "Tree=2", .malformedModel, "tree 2 stands where tree 1"),
        .init("Tree=1", "Tree=x", .malformedModel, "'Tree=x' names no tree"),
        .init("num_leaves=3", "num_leaves=4", .malformedModel, "'leaf_value' of tree 0 holds 3 values where 4"),
        .init("num_leaves=3", "num_leaves=99999999999", .malformedModel, "'num_leaves' of tree 0"),
        .init("num_leaves=3\n", "", .malformedModel, "tree 0 has no 'num_leaves'"),
        .init("num_leaves=3", "num_leaves=3\nnum_leaves=3", .malformedModel, "given twice"),
        .init("split_feature=0 1", "split_feature=0 2", .malformedModel, "line 15", "'2'", "from 0 to 1"),
        .init("threshold=0.5 0", "threshold=nan 0", .malformedModel, "line 16", "'nan'"),
        .init("threshold=0.5 0", "threshold=0x1p3 0", .malformedModel, "'0x1p3'"),
        .init("threshold=0.5 0", "threshold=0.5 1", .malformedModel, "category set 1", "there are 1"),
        .init("threshold=0.5 0", "threshold=0.5 0.5", .malformedModel, "category set 0.5"),
        .init("decision_type=10 1", "decision_type=12 1", .malformedModel, "'12'", "from 0 to 11"),
        .init("left_child=1 -1", "left_child=0 -1", .malformedModel, "tree 0 is no tree: node 0 is reached twice"),
        .init("left_child=1 -1", "left_child=7 -1", .malformedModel, "leads to node 7, and there are 2"),
        .init("left_child=1 -1", "left_child=1 -9", .malformedModel, "leads to leaf 8, and there are 3"),
        .init("left_child=1 -1", "left_child=1 -2", .malformedModel, "leaf 1 is reached twice"),
        .init("left_child=1 -1", "left_child=-1 -1", .malformedModel, "is not reached from the root"),
        .init("left_child=1 -1", "left_child=1 -99999999999", .malformedModel, "'left_child'"),
        .init("leaf_value=0.25 -0.5 1", "leaf_value=0.25 -0.5 inf", .malformedModel, "'inf'"),
        .init("leaf_count=30 20 50", "leaf_count=30 -20 50", .malformedModel, "'-20'"),
        .init("num_cat=1", "num_cat=0", .malformedModel, "category set 0.0", "there are 0"),
        .init("num_cat=1", "num_cat=2147483647", .malformedModel, "'cat_boundaries' of tree 0 holds 2 values where"),
        .init("num_leaves=3", "num_leaves=2147483647", .limitExceeded, "too many splits"),
        .init("cat_boundaries=0 2", "cat_boundaries=1 2", .malformedModel, "do not ascend"),
        .init("cat_boundaries=0 2", "cat_boundaries=0 3", .malformedModel, "'cat_threshold' of tree 0 holds 2"),
        .init("cat_threshold=5 256", "cat_threshold=5 4294967296", .malformedModel, "'4294967296'"),
        .init("is_linear=0", "is_linear=1", .unsupportedModel, "linear models in its leaves"),
        .init("end of trees", "end of tre", .malformedModel, "ends within tree 1"),
        .init("end of parameters", "", .malformedModel, "before 'end of parameters'"),
        .init("pandas_categorical:null", "pandas_categorical:[[\"a\"", .malformedModel, "is no JSON"),
        .init("pandas_categorical:null", "pandas_categorical:{}", .malformedModel, "is no list"),
        .init("pandas_categorical:null", "pandas_categorical:[1]", .malformedModel, "no list of lists"),
        .init("pandas_categorical:null", "pandas_categorical:[[null]]", .malformedModel, "no text or number"),
        .init("pandas_categorical:null", "pandas_categorical:[[\"a\", 1]]", .unsupportedModel, "'code'"),
        .init("pandas_categorical:null", "pandas_categorical:[[\"a\"], [1]]", .unsupportedModel, "2 pandas columns"),
    ]

    private func refusal(_ bytes: Data, limits: LightGBMLimits = .default) -> ModelError? {
        do throws(ModelError) {
            _ = try LightGBMModel(bytes: bytes, limits: limits).onnx()
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: malformed)
    func aBrokenRuleIsNamedWithItsPlace(_ model: MalformedLightGBM) throws {
        let error = try #require(refusal(LightGBMText.replacing(model.old, with: model.new)))
        #expect(error.kind == model.kind)
        for word in model.words { #expect(error.message.contains(word), "\(error.message)") }
        #expect(error.hint?.isEmpty == false)
    }

    @Test func boundariesThatRiseAboveTheirLastAreRefused() throws {
        let bytes = LightGBMText.whole.replacing("num_cat=1", with: "num_cat=2")
            .replacing("cat_boundaries=0 2", with: "cat_boundaries=0 9 2")
        #expect(refusal(Data(bytes.utf8))?.message.contains("'cat_boundaries' of tree 0 do not ascend") == true)
    }

    @Test func textThatIsNotUTF8IsNamedWithItsLine() throws {
        var bytes = [UInt8](LightGBMText.whole.utf8)
        let place = try #require(bytes.firstIndex(of: UInt8(ascii: "=")))
        bytes[place] = 0xFF
        #expect(refusal(Data(bytes))?.message.contains("line 2") == true)
    }

    @Test func everyTruncationBeforeTheNotesIsRefused() {
        let count = (LightGBMText.header + LightGBMText.trees).utf8.count - 4
        let bytes = Data(LightGBMText.whole.utf8)
        for end in stride(from: 0, to: count, by: 3) {
            #expect(refusal(bytes.prefix(end)) != nil, "\(end) bytes")
        }
    }

    @Test(arguments: [
        (LightGBMLimits(byteCount: 100), "bytes"), (LightGBMLimits(lineByteCount: 20), "line 4"),
        (LightGBMLimits(treeCount: 1), "more than 1 trees"), (LightGBMLimits(splitCount: 1), "too many splits"),
        (LightGBMLimits(categoryCount: 2), "too many categories"),
    ])
    func whatIsOverALimitIsRefused(limits: LightGBMLimits, word: String) throws {
        let error = try #require(refusal(Data(LightGBMText.whole.utf8), limits: limits))
        #expect(error.kind == .limitExceeded)
        #expect(error.message.contains(word), "\(error.message)")
    }

    @Test(arguments: [LightGBMText.whole, LightGBMText.whole.replacing(":null", with: ":[[\"a\", \"b\"]]")])
    func aMutatedModelIsReadOrRefusedButNeverTraps(text: String) {
        var generator = SeededGenerator(seed: 20_261_121)
        let original = [UInt8](text.utf8)
        var refused = 0
        for _ in 0..<2_500 {
            let bytes = Data(generator.mutating(original))
            guard let onnx = try? LightGBMModel(bytes: bytes).onnx() else {
                refused += 1
                continue
            }
            // Whatever is read makes a sound graph.
            #expect(throws: Never.self) { try ONNXModel(bytes: onnx).graph() }
        }
        #expect((500..<2_500).contains(refused))
    }
}
