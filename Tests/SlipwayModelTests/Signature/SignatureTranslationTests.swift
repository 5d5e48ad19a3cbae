import SlipwayData
import Testing

@testable import SlipwayModel

struct SignatureTranslationTests {
    private static func signature(_ fields: [String], outputs: [String], _ task: Signature.Task) -> Signature {
        Signature(
            inputs: fields.enumerated().map {
                InputField(
                    name: $1, type: .number, slot: .init(input: "X", index: $0), elementType: .float32)
            }, outputs: outputs.map { OutputField(name: $0, elementType: .float32, width: 1) }, task: task)
    }

    private static let champion = signature(
        ["age", "income", "region"], outputs: ["label", "probabilities", "margin"],
        Signature.Task(kind: .binary, predictionOutput: "label", scoreOutput: "probabilities", classes: ["No", "Yes"]))

    private static func challenger(_ fields: [String], _ outputs: [String]) -> Signature {
        signature(
            fields, outputs: outputs,
            Signature.Task(kind: .binary, predictionOutput: "class", scoreOutput: "scores", classes: ["No", "Yes"]))
    }

    @Test func rowsKeepWhatTheModelReadsInItsOwnOrder() throws {
        let own = Self.challenger(["region", "age"], ["scores", "margin", "class"])
        let translation = try SignatureTranslation(of: own, as: Self.champion)
        let rows: [[Value]] = [[.number(1), .number(2), .number(3)], [.number(4), .number(5), .number(6)]]
        #expect(translation.rows(rows) == [[.number(3), .number(1)], [.number(6), .number(4)]])
        #expect(!translation.isIdentity)
    }

    @Test func answersComeUnderTheOthersNamesByTheirMeaning() throws {
        let own = Self.challenger(["age"], ["scores", "margin", "class", "more"])
        let translation = try SignatureTranslation(of: own, as: Self.champion)
        let answers = ["scores", "margin", "class", "more"].enumerated().map {
            PredictorOutput(name: $1, tensor: Tensor(shape: [1, 1], elements: .float32([Float($0)])))
        }
        let translated = translation.answers(answers)
        #expect(translated.map(\.name) == ["label", "probabilities", "margin"])
        #expect(translated.map { $0.tensor.value(at: 0) } == [.number(2), .number(0), .number(1)])
    }

    @Test func whatHasNoCounterpartIsNamed() {
        let error = #expect(throws: SignatureTranslation.Missing.self) {
            try SignatureTranslation(of: Self.challenger(["age", "height"], ["class", "scores"]), as: Self.champion)
        }
        #expect(error == SignatureTranslation.Missing(fields: ["height"], outputs: ["margin"]))
    }

    @Test func aModelThatIsCalledAlikeNeedsNoTranslation() throws {
        #expect(try SignatureTranslation(of: Self.champion, as: Self.champion).isIdentity)
    }
}
