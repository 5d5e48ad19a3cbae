public import SlipwayData

/// Asks every engine that supports a graph the same questions, and compares the answers.
///
/// The questions are the rows that the model is used to, and rows at its edges: see ``EdgeRows``.
public struct ParityTrial: Sendable {
    /// The most rows that the first engine is asked alone as well.
    private static let singleRowCountMax = 128
    /// The most differing rows that are looked into.
    private static let examinedRowCountMax = 48

    private let graph: Graph
    private let signature: Signature
    private let golden: [[Value]]
    private let engines: [any InferenceEngine]
    private let budget: Duration

    /// About how long a trial may take, loading the model left out; a slow model is asked about fewer rows.
    public static let budgetDefault = Duration.seconds(15)

    /// Prepares a trial.
    ///
    /// - Parameters:
    ///   - golden: Rows that the model is used to, cells in the order of the signature's fields; may be empty.
    ///   - engines: The first that supports the graph is the one that others are compared with.
    ///   - budget: About how long the trial may take, loading left out.
    public init(
        graph: Graph, signature: Signature, golden: [[Value]], engines: [any InferenceEngine],
        budget: Duration = budgetDefault
    ) {
        self.budget = budget
        self.graph = graph
        self.signature = signature
        self.golden = golden
        self.engines = engines.filter { $0.support(for: graph).isSupported }
    }

    /// Runs the trial.
    ///
    /// - Throws: ``ModelError`` when no engine supports the graph or one that does cannot load it.
    /// - Complexity: O(rows × what a prediction costs), with at most ``EdgeRows/countMax`` rows made.
    public func run() throws(ModelError) -> ParityReport {
        guard let first = engines.first else { throw ModelError(.unsupportedModel, "no engine runs the model") }
        let model = Model(signature: signature, graph: graph, predictor: try first.load(graph))
        var others: [(engine: any InferenceEngine, model: Model)] = []
        for engine in engines.dropFirst() {
            let other = Model(signature: signature, graph: graph, predictor: try engine.load(graph))
            others.append((engine, other))
        }
        let bases = golden.isEmpty ? [signature.blankRow] : golden
        let allowance = TrialAllowance(budget: budget, models: [model] + others.map(\.model), row: bases[0])
        let edges = EdgeRows(graph, signature: signature, bases: bases, engines: engines, allowance: allowance)
        var report = ParityReport(
            goldenRowCount: golden.count, edgeRowCount: edges.rows.count, boundaryCount: edges.boundaryCount, pairs: [])
        report.isShortened = allowance.isShort
        let rows = golden + edges.rows.map(\.cells)
        let answers = EngineAnswers(name: first.name, model, rows: rows)
        report.hasAnswers = answers.outputs.isEmpty == false
        for (engine, other) in others {
            compare(
                answers, EngineAnswers(name: engine.name, other, rows: rows), rows: Array(rows.indices),
                engines: [first, engine], model, edges, &report)
        }
        guard !graph.inputs.contains(where: \.hasFixedRowCount) else { return report }
        let chosen = Array(rows.indices).evenly(allowance.share(of: Self.singleRowCountMax))
        let alone = EngineAnswers(name: "\(first.name) row by row", model, eachOf: chosen.map { rows[$0] })
        compare(answers, alone, rows: chosen, engines: nil, model, edges, &report)
        return report
    }

    /// Compares two lists of answers; the second has one for each of the rows named.
    ///
    /// - Parameter pair: The engines, where it can be looked into at which node they part.
    private func compare(
        _ left: EngineAnswers, _ right: EngineAnswers, rows: [Int], engines pair: [any InferenceEngine]?,
        _ model: Model, _ edges: EdgeRows, _ report: inout ParityReport
    ) {
        var result = ParityReport.Pair(engines: [left.name, right.name], largestDifference: 0)
        var differing: [Differing] = []
        let floors = left.floors
        for (index, row) in rows.enumerated() {
            let (size, cell) = left.rows[row].difference(from: right.rows[index], floors: floors)
            if size > ParityReport.tolerance {
                differing.append(Differing(row: row, answer: index, size: size, cell: cell))
            } else if size > result.largestDifference {
                result.largestDifference = size
                result.row = description(of: row, edges)
            }
        }
        let finder = differing.isEmpty ? nil : pair.map { PartingNode(graph, signature: signature, engines: $0) }
        let known = differing.filter { $0.row < golden.count }
        for one in known + Array(differing.dropFirst(known.count)).evenly(Self.examinedRowCountMax) {
            let floor = one.cell < floors.count ? floors[one.cell] : ParityReport.floor
            let finding = finder?.find(row: cells(of: one.row, edges), floor: floor)
            if case .node(_, onTheSameInputs: false)? = finding, one.row >= golden.count {
                report.roundingCount += 1
                continue
            }
            if let finding, RoundingTrial.mayExplain(finding), one.size.isFinite,
                RoundingTrial.moves(
                    one.cell, by: one.size, floor: floor, row: cells(of: one.row, edges), model: model)
            {
                report.roundingCount += 1
                continue
            }
            let told = disagreement(one, left, right, finding, edges)
            guard one.row < golden.count || signature.mayMeet(edges.rows[one.row - golden.count]) else {
                report.refusableCount += 1
                report.refusable = report.refusable ?? told.sentence
                continue
            }
            result.largestDifference = one.size
            result.row = description(of: one.row, edges)
            report.disagreement = report.disagreement ?? told
            break
        }
        report.pairs.append(result)
    }

    /// A row with different answers.
    private struct Differing {
        var row: Int
        var answer: Int
        var size: Double
        var cell: Int
    }

    private func cells(of row: Int, _ edges: EdgeRows) -> [Value] {
        row < golden.count ? golden[row] : edges.rows[row - golden.count].cells
    }

    private func description(of row: Int, _ edges: EdgeRows) -> String {
        row < golden.count ? "golden row \(row + 1)" : edges.rows[row - golden.count].description(signature)
    }

    private func disagreement(
        _ one: Differing, _ left: EngineAnswers, _ right: EngineAnswers, _ finding: PartingNode.Finding?,
        _ edges: EdgeRows
    ) -> ParityReport.Disagreement {
        func answer(_ answer: RowAnswer) -> String {
            switch answer {
            case .refused(let reason): "nothing (\(reason))"
            case .cells(let cells): one.cell < cells.count ? cells[one.cell].text : "no value"
            }
        }
        let outputs = left.outputs.isEmpty ? right.outputs : left.outputs
        let field = one.row < golden.count ? nil : edges.rows[one.row - golden.count].fields.first
        var disagreement = ParityReport.Disagreement(
            engines: [left.name, right.name], row: description(of: one.row, edges),
            field: field.map { signature.inputs[$0].name },
            output: one.cell < outputs.count ? outputs[one.cell] : outputs.first ?? "",
            answers: [answer(left.rows[one.row]), answer(right.rows[one.answer])], difference: one.size)
        switch finding {
        case .node(let node, _)?: disagreement.node = "node '\(node.name)' (\(node.qualifiedOperator))"
        case .nowhere?: disagreement.node = "no node that runs by itself, only where an engine runs several as one"
        case .unknown?, nil: break
        }
        return disagreement
    }
}
