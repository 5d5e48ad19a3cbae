public import SlipwayModel

/// One fixture loaded by one engine, the subject of ``EngineConformance``.
public struct EngineTrial: Sendable {
    /// Rows that are also asked for alone; more would only repeat the claim.
    private static let singleRowLimit = 8
    private static let concurrentCallCount = 16

    private let graph: Graph
    private let predictor: any Predictor
    private let fixture: EngineFixture
    private let comparison: OutputComparison

    /// Loads a fixture.
    ///
    /// - Throws: ``ModelError`` when the model cannot be read or the engine declines it.
    public init(
        engine: any InferenceEngine, fixture: EngineFixture, comparison: OutputComparison = OutputComparison()
    ) throws(ModelError) {
        graph = try fixture.graph()
        predictor = try engine.load(graph)
        self.fixture = fixture
        self.comparison = comparison
    }

    /// The answers are the expected ones.
    func expectedOutputs() -> [String] {
        do throws(ModelError) {
            let found = try predictor.predict(fixture.inputs)
            return comparison.difference(found, from: fixture.outputs).map { [$0] } ?? []
        } catch {
            return ["the prediction failed: \(error)"]
        }
    }

    /// A row alone gets the answer that it gets among others.
    func singleRows() -> [String] {
        guard let rowCount = openRowCount else { return [] }
        return (0..<min(rowCount, EngineTrial.singleRowLimit)).compactMap { row in
            let expected = rows(row..<row + 1, of: fixture.outputs)
            guard expected.count == fixture.outputs.count else { return nil }
            do throws(ModelError) {
                let answer = try predictor.predict(fixture.inputs.mapValues { $0.rows(row..<row + 1) })
                let found = zip(answer, expected).map { isConstant($0) ? $1 : $0 }
                return comparison.difference(found, from: expected).map { "row \(row) alone: \($0)" }
            } catch {
                return "row \(row) alone failed: \(error)"
            }
        }
    }

    /// Without one of its inputs the graph is not run.
    func missingInputs() -> [String] {
        graph.inputs.compactMap { input in
            var inputs = fixture.inputs
            inputs[input.name] = nil
            return acceptance(of: inputs, as: .signatureMismatch).map { "without '\(input.name)' \($0)" }
        }
    }

    /// Text for numbers, and numbers for text, are refused.
    func wrongTypes() -> [String] {
        graph.inputs.compactMap { input in
            guard let tensor = fixture.inputs[input.name] else { return nil }
            let isText = tensor.elementType == .string
            let elements: Tensor.Elements =
                isText
                ? .float32([Float](repeating: 1, count: tensor.count))
                : .string([String](repeating: "text", count: tensor.count))
            let inputs = fixture.inputs.replacing(input.name, Tensor(shape: tensor.shape, elements: elements))
            return acceptance(of: inputs, as: .signatureMismatch).map {
                "with another type for '\(input.name)' \($0)"
            }
        }
    }

    /// A row that is wider than the graph declares is refused; where the graph leaves it open it may not crash.
    func wrongWidths() -> [String] {
        graph.inputs.compactMap { input in
            guard let tensor = fixture.inputs[input.name], tensor.shape.count == 2 else { return nil }
            let columns = Array(0..<tensor.width) + [0]
            let cells = (0..<tensor.rowCount).flatMap { row in columns.map { row * tensor.width + $0 } }
            guard tensor.width > 0 else { return nil }
            let wide = Tensor(
                shape: [tensor.rowCount, columns.count], elements: tensor.elements.selecting(cells))
            let accepted = acceptance(of: fixture.inputs.replacing(input.name, wide), as: nil)
            return input.width == nil ? nil : accepted.map { "with too wide a row for '\(input.name)' \($0)" }
        }
    }

    /// No rows get no answers, or are refused.
    func noRows() -> [String] {
        guard let rowCount = openRowCount else { return [] }
        do throws(ModelError) {
            let found = try predictor.predict(fixture.inputs.mapValues { $0.rows(0..<0) })
            return zip(found, fixture.outputs).compactMap { found, expected in
                guard expected.tensor.shape.first == rowCount, found.tensor.rowCount != 0, !isConstant(found) else {
                    return nil
                }
                return "no rows get \(found.tensor.rowCount) answers in '\(found.name)'"
            }
        } catch {
            return []
        }
    }

    /// Calls at the same time get exactly the answer of a call alone.
    func concurrentCalls() async -> [String] {
        guard let alone = try? predictor.predict(fixture.inputs) else { return ["the second prediction failed"] }
        return await withTaskGroup(of: String?.self) { group in
            for _ in 0..<EngineTrial.concurrentCallCount {
                group.addTask {
                    do throws(ModelError) {
                        return OutputComparison.exact.difference(try predictor.predict(fixture.inputs), from: alone)
                    } catch {
                        return "a concurrent call failed: \(error)"
                    }
                }
            }
            var problems: [String] = []
            for await problem in group { problems += problem.map { ["among concurrent calls: \($0)"] } ?? [] }
            return problems
        }
    }

    /// Whether an output keeps the shape of the whole batch whatever rows are given, as one made of constants does.
    private func isConstant(_ output: PredictorOutput) -> Bool {
        let expected = fixture.outputs.first { $0.name == output.name }
        return output.tensor.rowCount > 1 && output.tensor.shape == expected?.tensor.shape
    }

    /// The rows given, where the graph leaves their number open for every input.
    private var openRowCount: Int? {
        let isOpen = graph.inputs.allSatisfy { input in
            guard case .tensor(_, let shape) = input.type else { return false }
            return shape.map { !$0.isEmpty && $0[0] == nil } ?? true
        }
        let counts = Set(fixture.inputs.values.map { $0.shape.first ?? -1 })
        guard isOpen, counts.count == 1, let count = counts.first, count > 0 else { return nil }
        return count
    }

    private func rows(_ range: Range<Int>, of outputs: [PredictorOutput]) -> [PredictorOutput] {
        outputs.compactMap { output in
            guard output.tensor.shape.first == openRowCount else { return nil }
            return PredictorOutput(name: output.name, tensor: output.tensor.rows(range), labels: output.labels)
        }
    }

    /// How wrong inputs were taken; `nil` when they were refused with an error of the kind, or any when it is `nil`.
    private func acceptance(of inputs: [String: Tensor], as kind: ModelError.Code?) -> String? {
        do throws(ModelError) {
            _ = try predictor.predict(inputs)
            return "the graph is run all the same"
        } catch {
            return kind == nil || kind == error.kind
                ? nil : "the error is of the kind \(error.code): \(error.message)"
        }
    }
}

extension [String: Tensor] {
    fileprivate func replacing(_ name: String, _ tensor: Tensor) -> [String: Tensor] {
        merging([name: tensor]) { $1 }
    }
}
