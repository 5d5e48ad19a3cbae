import SlipwayData
import Testing

@testable import SlipwayModel

struct SignatureDerivationTests {
    private func names(
        _ graph: Graph, examples: Table? = nil, options: SignatureOptions = SignatureOptions()
    ) throws -> [String] {
        try Signature(deriving: graph, examples: examples, options: options).inputs.map(\.name)
    }

    private func refusal(
        _ graph: Graph, examples: Table? = nil, options: SignatureOptions = SignatureOptions()
    ) -> ModelError? {
        #expect(throws: ModelError.self) { try Signature(deriving: graph, examples: examples, options: options) }
    }

    @Test func oneInputPerColumnNamesTheFieldsItself() throws {
        let signature = try Signature(deriving: SignatureFixtures.graph("columns-logistic"))
        #expect(signature.inputs.map(\.name) == ["age", "income", "contract", "region"])
        #expect(signature.inputs.map(\.type) == [.number, .number, .string, .string])
        #expect(signature.inputs.map(\.slot) == signature.inputs.map { .init(input: $0.name, index: 0) })
        #expect(signature.inputs.allSatisfy { $0.isRequired })
    }

    @Test func aWideInputAloneNumbersItsFields() throws {
        let signature = try Signature(deriving: SignatureFixtures.graph("forest-binary"))
        #expect(signature.inputs.map(\.name) == ["X_0", "X_1", "X_2", "X_3"])
        #expect(signature.inputs.map(\.slot.index) == [0, 1, 2, 3])
        #expect(try names(SignatureFixtures.wide(1)) == ["x"])
    }

    @Test func namesComeFromWhatThePersonSays() throws {
        let examples = try SignatureFixtures.numbers(["p", "q", "r"])
        let options = SignatureOptions(columns: ["r", "p"])
        #expect(try names(SignatureFixtures.wide(2), examples: examples, options: options) == ["r", "p"])
    }

    @Test func namesComeFromTheExamplesWithoutTargetAndIgnoredColumns() throws {
        let examples = try SignatureFixtures.numbers(["id", "q", "target", "p"])
        let options = SignatureOptions(target: "target", ignoredColumns: ["id"])
        #expect(try names(SignatureFixtures.wide(2), examples: examples, options: options) == ["q", "p"])
        #expect(try names(SignatureFixtures.wide(nil), examples: examples, options: options) == ["q", "p"])
    }

    @Test(arguments: ["[\"q\", \"p\"]", "q,p", " q , p "])
    func namesComeFromTheExporter(text: String) throws {
        let graph = SignatureFixtures.wide(2, metadata: ["feature_names": text])
        #expect(try names(graph) == ["q", "p"])
        // The model's own names beat the order of columns in a file, which nobody promised.
        let examples = try SignatureFixtures.numbers(["p", "other", "q"])
        #expect(try names(graph, examples: examples) == ["q", "p"])
    }

    @Test func namesOfTheExporterThatFitNeitherWidthNorExamplesArePassedOver() throws {
        let tooMany = SignatureFixtures.wide(2, metadata: ["feature_names": "a,b,c"])
        #expect(try names(tooMany) == ["x_0", "x_1"])
        let others = SignatureFixtures.wide(2, metadata: ["feature_names": "a,b"])
        #expect(try names(others, examples: SignatureFixtures.numbers(["p", "q"])) == ["p", "q"])
    }

    @Test func numberedColumnsAreFoundByName() throws {
        let examples = try SignatureFixtures.numbers(["x_1", "note", "x_0"])
        #expect(try names(SignatureFixtures.wide(2), examples: examples) == ["x_0", "x_1"])
    }

    @Test func aWrongNumberOfColumnsIsNamedWithWhatToDo() throws {
        let error = refusal(SignatureFixtures.wide(2), examples: try SignatureFixtures.numbers(["p", "q", "churn"]))
        #expect(error?.kind == .invalidSignature)
        #expect(
            error?.message
                == "input 'x' reads 2 values in a row, but there are 3 columns for it: p, q, churn")
        #expect(error?.hint?.contains("--columns, or write them into the model as feature_names") == true)
        let said = refusal(SignatureFixtures.wide(2), options: SignatureOptions(columns: ["p"]))
        #expect(said?.message.contains("there are 1 columns for it: p") == true)
    }

    @Test func anOpenWidthNeedsExamplesOrNames() {
        let error = refusal(SignatureFixtures.wide(nil))
        #expect(error?.kind == .invalidSignature)
        #expect(error?.hint?.contains("--examples") == true)
    }

    @Test func aRepeatedNameIsRefused() {
        let error = refusal(SignatureFixtures.wide(2), options: SignatureOptions(columns: ["p", "p"]))
        #expect(error?.message == "two input fields are named 'p'")
        #expect(error?.field == "p")
    }

    @Test func aModelThatReadsItsTargetIsRefused() {
        let error = refusal(SignatureFixtures.wide(2), options: SignatureOptions(target: "p", columns: ["p", "q"]))
        #expect(error?.message == "the target 'p' is among the fields that the model reads")
    }

    @Test func whatNoRowCanFillIsRefused() {
        #expect(refusal(SignatureFixtures.wide(10_001))?.kind == .limitExceeded)
        #expect(refusal(SignatureFixtures.wide(0))?.message == "input 'x' reads no values")
        var graph = SignatureFixtures.wide(2)
        graph.inputs[0].type = .sequenceOfMaps(key: .string, value: .float32)
        #expect(refusal(graph)?.kind == .unsupportedModel)
    }

    @Test func severalWideInputsAreNumberedEach() throws {
        var graph = SignatureFixtures.wide(2)
        graph.inputs.append(GraphValue(name: "z", type: .tensor(.string, shape: [nil, 1])))
        #expect(try names(graph) == ["x_0", "x_1", "z"])
        graph.inputs[1].type = .tensor(.string, shape: [nil, nil])
        #expect(refusal(graph)?.message == "input 'z' leaves its width open and is not the only input")
    }

    @Test func anAbsentTargetIsNamed() throws {
        let error = refusal(
            SignatureFixtures.wide(2), examples: try SignatureFixtures.numbers(["p", "q"]),
            options: SignatureOptions(target: "churn"))
        #expect(error?.message == "the examples have no target column 'churn'")
        #expect(error?.hint == "Their columns are p, q.")
    }

    @Test func everySharedFixtureHasASignatureThatFitsItsGraph() throws {
        for name in try SignatureFixtures.names {
            let graph = try SignatureFixtures.graph(name)
            let signature: Signature
            do throws(ModelError) {
                signature = try Signature(deriving: graph)
            } catch {
                // Widths left open or inputs beside an open one cannot be named without rows.
                #expect(error.kind == .invalidSignature, "\(name): \(error)")
                continue
            }
            #expect(signature.problem(for: graph) == nil, "\(name)")
            let task = signature.task
            switch task.kind {
            case .binary:
                #expect(task.classes.count == 2, "\(name)")
                #expect(task.positiveClass == task.classes[1], "\(name)")
            case .multiclass: #expect(task.classes.count > 2, "\(name)")
            case .regression, .other: #expect(task.classes.isEmpty, "\(name)")
            }
            let score = signature.outputs.first { $0.name == task.scoreOutput }
            if task.kind != .other, let width = score?.width {
                #expect(width == task.classes.count || width == 1 && task.classes.count == 2, "\(name)")
            }
        }
    }
}
