import SlipwayData
import Testing

@testable import SlipwayModel

struct ExplanationTests {
    static let signature = Signature(
        inputs: [
            field("tenure", unit: "months"), field("contract", type: .string, meaning: "how long one is bound"),
            field("charges"),
        ], outputs: [], task: Signature.Task(kind: .binary, classes: ["No", "Yes"], positiveClass: "Yes"))
    static let explanation = Explanation(
        method: .trees, background: .model, space: .logOdds, explainedClass: "Yes", base: -1.25, score: -0.5,
        contributions: [
            .init(field: "tenure", value: .integer(2), amount: 0.4137),
            .init(field: "contract", value: .string("monthly"), amount: -0.75),
            .init(field: "charges", value: .missing, amount: 1.0863, error: 0.0201),
        ])

    @Test func theStrongestReasonsComeFirstWhateverTheirSign() {
        #expect(Self.explanation.strongest(2).map(\.field) == ["charges", "contract"])
        #expect(Self.explanation.strongest(9).count == 3)
        #expect(Self.explanation.strongest(-1).isEmpty)
    }

    @Test func reasonsOfTheSameStrengthStayInTheOrderOfTheSignature() {
        let alike = Explanation(
            method: .linear, background: .examples, space: .prediction, explainedClass: nil, base: 0, score: 0,
            contributions: ["a", "b", "c"].map { .init(field: $0, value: .integer(1), amount: $0 == "b" ? -1 : 1) })
        #expect(alike.strongest(3).map(\.field) == ["a", "b", "c"])
    }

    @Test func sentencesSpeakInTheWordsOfTheSignature() {
        let sentences = Self.explanation.contributions.map { Self.explanation.sentence(for: $0, in: Self.signature) }
        #expect(
            sentences == [
                "tenure = 2 months raises the log-odds of 'Yes' by 0.414",
                "contract (how long one is bound) = monthly lowers the log-odds of 'Yes' by 0.75",
                "charges, which is missing, raises the log-odds of 'Yes' by 1.09 ± 0.0201",
            ])
    }

    @Test func theSummaryAddsUp() {
        #expect(
            Self.explanation.summary(strongest: 2)
                == "The log-odds of 'Yes' are -0.5: -1.25 as expected, 0.336 by these fields, 0.414 by the others.")
    }

    @Test(arguments: [
        (0.41370, "0.414"), (12.0, "12"), (1_234.6, "1235"), (0.000_012_34, "0.0000123"), (0, "0"), (-2.5, "-2.5"),
        (3e20, "3.00e+20"), (1e-9, "1.00e-09"), (100, "100"),
    ])
    func figuresHaveThreeDigits(_ number: Double, _ text: String) {
        #expect(Explanation.figure(number) == text)
    }

    @Test func theReasonsAndTheRestSumToTheScore() throws {
        let json = JSONValue.object(Self.explanation.json(strongest: 1, in: Self.signature))
        func number(_ value: JSONValue?) -> Double { value?.asValue?.asNumber ?? .nan }
        guard case .array(let reasons)? = json["reasons"] else { return #expect(Bool(false), "there are no reasons") }
        #expect(reasons.count == 1)
        let sum = number(json["base"]) + number(json["rest"]) + number(reasons[0]["contribution"])
        #expect(abs(sum - number(json["score"])) <= 1e-12)
        #expect(reasons[0]["value"] == .null)
        #expect(number(reasons[0]["error"]) == 0.0201)
        #expect(json["class"] == .string("Yes"))
    }

    @Test func theDocumentIsTheDocumentedOne() {
        let text = JSONValue.object(Self.explanation.json(strongest: 3, in: Self.signature)).text
        #expect(
            text.hasPrefix(
                #"{"method":"tree_shap","background":"model","space":"log_odds","class":"Yes","base":-1.25,"#
                    + #""score":-0.5,"rest":0.0,"reasons":[{"field":"charges","value":null,"contribution":1.0863,"#))
    }

    @Test func anEstimateSaysWhyItIsNotExactAndAnExactOneSaysNothing() {
        let estimate = Explanation(
            method: .sampling, background: .examples, space: .prediction, explainedClass: nil, base: 0, score: 0,
            contributions: [], why: "the trees are too deep")
        #expect(estimate.caution == "Estimated from a sample: the trees are too deep.")
        let text = JSONValue.object(estimate.json(strongest: 1, in: Self.signature)).text
        #expect(text.hasPrefix(#"{"method":"permutation_sampling","why":"the trees are too deep","background":"#))
        #expect(Self.explanation.caution == nil)
    }

    private static func field(
        _ name: String, type: ColumnType = .number, unit: String? = nil, meaning: String? = nil
    ) -> InputField {
        InputField(
            name: name, type: type, unit: unit, meaning: meaning, slot: .init(input: name, index: 0),
            elementType: type == .string ? .string : .float32)
    }
}
