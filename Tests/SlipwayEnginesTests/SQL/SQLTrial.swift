import Foundation
import SlipwayData
import SlipwayModel

@testable import SlipwayEngines

/// One model over rows that probe it: ordinary ones, missing cells, infinities, and the neighbours of thresholds.
struct SQLTrial: Sendable {
    let name: String
    let graph: Graph
    let signature: Signature
    let rows: [[Value]]
    /// Per row the cells of the answer, `nil` where the native engine refuses the row.
    let answers: [[Value]?]
    /// The names of the answer's columns.
    let columns: [String]

    /// The most rows that are asked about as they are given.
    private static let givenRowCount = 12
    /// The most fields, and the most thresholds, that are probed.
    private static let probeCount = 4

    /// Why a model is no trial.
    enum Problem: Error {
        /// The graph only fits the rows of its case: the native engine answers none of them alone.
        case answersNoSingleRow
    }

    /// Answers rows one by one with the native engine.
    ///
    /// - Throws: ``Problem`` when no row has an answer of its own, ``ModelError`` for a model that cannot be loaded.
    init(name: String, graph: Graph, rows given: [[Value]], signature: Signature? = nil) throws {
        self.name = name
        self.graph = graph
        let signature = try signature ?? Signature(deriving: graph)
        self.signature = signature
        rows = given.prefix(Self.givenRowCount) + Self.probes(given, signature, graph)
        let model = Model(signature: signature, graph: graph, predictor: try NativeEngine().load(graph))
        var columns: [String] = []
        var answers: [[Value]?] = []
        for row in rows {
            // A whole number or a truth value cannot be missing: such rows are refused before the engine sees them.
            let isRefused = zip(row, signature.inputs).contains { cell, field in
                cell.isMissing && field.defaultValue == nil
                    && [.whole, .truth].contains(field.elementType.expressionKind)
            }
            guard !isRefused, let table = try? model.predict(rows: [row]).table() else {
                answers.append(nil)
                continue
            }
            columns = table.names
            answers.append(table.names.map { table[$0]?[0] ?? .missing })
        }
        guard !columns.isEmpty else { throw Problem.answersNoSingleRow }
        self.columns = columns
        self.answers = answers
    }

    /// Rows with single cells of the first one changed.
    private static func probes(_ rows: [[Value]], _ signature: Signature, _ graph: Graph) -> [[Value]] {
        guard let base = rows.first else { return [] }
        var probes: [[Value]] = []
        func add(_ value: Value, at field: Int) {
            var row = base
            row[field] = value
            probes.append(row)
        }
        for field in signature.inputs.indices.prefix(probeCount) {
            switch signature.inputs[field].elementType.expressionKind {
            case .number:
                for number in [-0.0, 0.5, 1, -1e6, 1e-46, 16_777_217, .infinity, -.infinity] {
                    add(.number(number), at: field)
                }
                add(.missing, at: field)
            case .whole: for whole in [Int64(0), 1, 2, 3, -7] { add(.integer(whole), at: field) }
            case .text: for text in ["", "unknown", "it's \\ \"é\""] { add(.string(text), at: field) }
            case .truth: for truth in [true, false] { add(.boolean(truth), at: field) }
            }
        }
        probes.append(base.indices.map { _ in .missing })
        for (feature, threshold) in thresholds(of: graph).prefix(probeCount) {
            let single = Float(threshold)
            let above = (Double(single) + Double(single.nextUp)) / 2
            let below = (Double(single) + Double(single.nextDown)) / 2
            let near = [
                threshold, threshold.nextUp, threshold.nextDown, Double(single.nextUp), Double(single.nextDown),
                above, above.nextUp, above.nextDown, below, below.nextUp, below.nextDown,
            ]
            let field = feature % signature.inputs.count
            guard signature.inputs[field].elementType.expressionKind == .number else { continue }
            for number in near { add(.number(number), at: field) }
        }
        return probes
    }

    private static func thresholds(of graph: Graph) -> [(feature: Int, threshold: Double)] {
        graph.nodes.flatMap { node -> [(Int, Double)] in
            guard node.operatorName.hasPrefix("TreeEnsemble"),
                let forest = try? DecisionForest(NodeContext(node: node, opset: graph.opset(of: node)))
            else { return [] }
            return forest.nodes.filter { $0.comparison != nil }.prefix(12).map { (Int($0.feature), $0.threshold) }
        }
    }
}

extension Tensor {
    /// The rows of a matrix as cells.
    func cells(row: Int) -> [Value] { (0..<width).map { value(at: row * width + $0) } }
}
