import SlipwayData
import SlipwayModel
import Testing

@testable import SlipwayRegistry

struct ChallengerFitTests {
    private static let champion = Signature(
        inputs: [
            InputField(name: "age", type: .number, slot: .init(input: "x", index: 0), elementType: .float32),
            InputField(
                name: "region", type: .string, isRequired: false, slot: .init(input: "r", index: 0),
                elementType: .string),
        ],
        outputs: [OutputField(name: "label", elementType: .string, width: 1)],
        task: Signature.Task(kind: .binary, predictionOutput: "label", classes: ["No", "Yes"], positiveClass: "Yes"))

    private static func problems(_ change: (inout Signature) -> Void) -> [String] {
        var signature = champion
        change(&signature)
        return ChallengerFit(of: signature, beside: champion).problems
    }

    @Test func rangesCategoriesAndDefaultsMayDiffer() {
        #expect(
            Self.problems { signature in
                signature.inputs[0].maximum = 50
                signature.inputs[0].isRequired = false
                signature.inputs[1].categories = [.string("north")]
            } == [])
    }

    @Test func fewerFieldsInAnotherOrderAndOutputsOfTheSameMeaningFit() {
        #expect(Self.problems { $0.inputs.remove(at: 1) } == [])
        #expect(Self.problems { $0.inputs.swapAt(0, 1) } == [])
        #expect(
            Self.problems { signature in
                signature.inputs[0].slot.index = 1
                signature.inputs[0].elementType = .float64
                signature.outputs[0].name = "class"
                signature.task.predictionOutput = "class"
            } == [])
    }

    @Test func everyOtherDifferenceIsNamed() {
        #expect(Self.problems { $0.inputs[1].name = "area" } == ["it reads 'area', which callers do not send"])
        #expect(Self.problems { $0.inputs[0].type = .integer } == ["'age' is integer, not number"])
        #expect(Self.problems { $0.inputs[1].isRequired = true } == ["'region' may not be missing"])
        #expect(Self.problems { $0.outputs[0].name = "class" } == ["it gives nothing for the output 'label'"])
        #expect(Self.problems { $0.outputs[0].width = 2 } == ["the output 'label' has another form"])
        #expect(Self.problems { $0.task.kind = .multiclass } == ["it predicts by multiclass, not binary"])
        #expect(Self.problems { $0.task.classes = ["Yes", "No"] } == ["its classes are Yes, No, not No, Yes"])
    }
}
