import SlipwayData
import Testing

@testable import SlipwayModel

struct TaskDerivationTests {
    private typealias Task = Signature.Task

    private func task(_ name: String) throws -> Signature.Task {
        try Signature(deriving: SignatureFixtures.graph(name)).task
    }

    private func rows(_ target: Column.Values) throws -> Table {
        try SignatureFixtures.numbers(["x"], rows: 6).adding(Column(name: "target", values: target))
    }

    private func task(
        outputs: [GraphValue], nodes: [Node] = [], examples: Table? = nil, positive: String? = nil
    ) throws -> Signature.Task {
        try Signature(
            deriving: SignatureFixtures.wide(1, outputs: outputs, nodes: nodes), examples: examples,
            options: SignatureOptions(target: examples == nil ? nil : "target", positiveClass: positive)
        ).task
    }

    private func number(_ name: String, width: Int? = 1) -> GraphValue {
        GraphValue(name: name, type: .tensor(.float32, shape: [nil, width]))
    }

    @Test(arguments: [
        ("logistic-binary-zipmap", ["0", "1"], "output_label", "output_probability"),
        ("logistic-binary-labels", ["No", "Yes"], "output_label", "output_probability"),
        ("columns-logistic", ["No", "Yes"], "output_label", "output_probability"),
        ("columns-logistic-plain", ["No", "Yes"], "label", "probabilities"),
        ("hist-boosting-binary", ["0", "1"], "label", "probabilities"),
        ("lightgbm-binary", ["0", "1"], "label", "probabilities"),
        ("gaussian-nb-binary", ["0", "1"], "output_label", "output_probability"),
        ("mlp-classifier-binary", ["0", "1"], "label", "probabilities"),
        ("linear-svc-binary", ["0", "1"], "label", "probabilities"),
    ])
    func twoClassesAreABinaryTask(name: String, classes: [String], label: String, score: String) throws {
        let task = try task(name)
        #expect(task.kind == .binary)
        #expect(task.classes == classes)
        #expect(task.positiveClass == classes[1])
        #expect(task.predictionOutput == label)
        #expect(task.scoreOutput == score)
    }

    @Test(arguments: [
        "forest-multiclass", "gaussian-nb", "lightgbm-multiclass", "mlp-classifier", "logistic-multiclass-double",
        "sgd-multiclass", "ada-boost",
    ])
    func severalClassesAreAMulticlassTask(name: String) throws {
        let task = try task(name)
        #expect(task.kind == .multiclass)
        #expect(task.classes == ["0", "1", "2"])
        #expect(task.positiveClass == nil)
        #expect(task.predictionOutput == "label")
        #expect(task.scoreOutput == "probabilities")
    }

    @Test(arguments: ["lasso", "forest-regressor", "lightgbm-regressor", "mlp-regressor", "linear-regression-double"])
    func aNumberIsARegression(name: String) throws {
        let task = try task(name)
        #expect(task == Task(kind: .regression, predictionOutput: "variable"))
    }

    @Test(arguments: ["standard-scaler", "pca", "one-hot-strings"])
    func outputsWithoutAMeaningAreNotInterpreted(name: String) throws {
        #expect(try task(name).kind == .other)
    }

    @Test func aColumnForEachClassIsNoScoreOfAll() throws {
        #expect(try task("logistic-columns-zipmap").scoreOutput == nil)
        #expect(try task("logistic-columns-zipmap").classes == ["0", "1", "2"])
        // Of two classes the first column would pass for the probability of the second class.
        let nodes = [
            Node(
                name: "c", operatorName: "LinearClassifier", inputs: ["x"], outputs: ["label", "p"],
                attributes: ["classlabels_ints": .integers([0, 1])]),
            Node(name: "s0", operatorName: "Slice", inputs: ["p"], outputs: ["i0"]),
            Node(name: "s1", operatorName: "Slice", inputs: ["p"], outputs: ["i1"]),
        ]
        let label = GraphValue(name: "label", type: .tensor(.int64, shape: [nil]))
        let task = try task(outputs: [label, number("i0"), number("i1")], nodes: nodes)
        #expect(task.kind == .binary)
        #expect(task.predictionOutput == "label")
        #expect(task.scoreOutput == nil)
    }

    @Test func aSingleNumberIsAProbabilityWhenTheTargetHasTwoClasses() throws {
        let wanted = Task(
            kind: .binary, scoreOutput: "y", classes: ["0", "1"], positiveClass: "1", target: "target")
        #expect(try task(outputs: [number("y")], examples: rows(.integers([0, 1, 1, 0, 1, 0]))) == wanted)
        let truth = try task(outputs: [number("y")], examples: rows(.booleans([true, false, true, true, true, true])))
        #expect(truth.classes == ["false", "true"])
        let texts = try task(outputs: [number("y")], examples: rows(.strings(["b", "a", "b", "b", "b", "b"])))
        #expect(texts.positiveClass == "b")
    }

    @Test func aSingleNumberIsARegressionOtherwise() throws {
        let wanted = Task(kind: .regression, predictionOutput: "y", target: "target")
        #expect(try task(outputs: [number("y")], examples: rows(.integers([0, 1, 2, 0, 1, 0]))) == wanted)
        #expect(try task(outputs: [number("y")], examples: rows(.numbers([0, 1, 1, 0, 1, 0]))) == wanted)
        #expect(try task(outputs: [number("y", width: nil)], examples: rows(.numbers([0, 1, 1, 0, 1, 0]))) == wanted)
        #expect(try task(outputs: [number("y")]) == Task(kind: .regression, predictionOutput: "y"))
    }

    @Test func scoresWithoutNamesTakeTheClassesOfTheTargetInOrder() throws {
        let examples = try rows(.integers([10, 9, 2, 10, 9, 2]))
        let task = try task(outputs: [number("p", width: 3)], examples: examples)
        #expect(task.kind == .multiclass)
        #expect(task.classes == ["2", "9", "10"])
        #expect(try self.task(outputs: [number("p", width: 4)], examples: examples).kind == .other)
    }

    @Test func theClassesBehindARegressorAreNotItsOwn() throws {
        let nodes = [
            Node(
                name: "c", operatorName: "LinearClassifier", inputs: ["x"], outputs: ["label", "p"],
                attributes: ["classlabels_ints": .integers([0, 1])]),
            Node(name: "r", operatorName: "LinearRegressor", inputs: ["p"], outputs: ["y"]),
        ]
        #expect(try task(outputs: [number("y")], nodes: nodes).kind == .regression)
    }

    @Test func thePositiveClassCanBeSaid() throws {
        let examples = try rows(.strings(["stay", "leave", "stay", "stay", "leave", "stay"]))
        #expect(try task(outputs: [number("y")], examples: examples, positive: "leave").positiveClass == "leave")
        let error = #expect(throws: ModelError.self) {
            try task(outputs: [number("y")], examples: examples, positive: "go")
        }
        #expect(error?.message == "'go' is none of the model's classes")
        #expect(error?.hint == "They are leave, stay.")
        let none = #expect(throws: ModelError.self) { try task(outputs: [number("y")], positive: "go") }
        #expect(none?.hint == "It has none; leave the positive class out.")
    }
}
