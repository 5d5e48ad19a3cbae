import SlipwayData

/// Finds the first node of a graph where two engines part.
///
/// Each engine runs a copy of the graph whose outputs are all of its values, so that nothing is joined or left out.
struct PartingNode {
    /// What was found for one row.
    enum Finding: Equatable {
        /// The first node with another result; whether it has another one even where it reads the same to the last bit.
        case node(Node, onTheSameInputs: Bool)
        /// Every node has the same result when each can be seen.
        case nowhere
        /// The values could not be seen, for this reason.
        case unknown(String)
    }

    private let graph: Graph
    private let engines: [any InferenceEngine]
    private let runners: [RowRunner]
    private let reason: String?

    /// Loads the graph into both engines.
    init(_ graph: Graph, signature: Signature, engines: [any InferenceEngine]) {
        self.graph = graph
        self.engines = engines
        var runners: [RowRunner] = []
        var reason: String?
        do throws(ModelError) {
            let shown = try graph.showing(graph.computedValues)
            for engine in engines {
                runners.append(RowRunner(graph, signature: signature, predictor: try engine.load(shown)))
            }
        } catch {
            reason = error.message
        }
        self.runners = runners
        self.reason = reason
    }

    /// The first node that answers a row otherwise in the second engine.
    ///
    /// - Parameter floor: What smaller numbers count as; see ``ParityReport/floor(largest:)``.
    func find(row: [Value], floor: Double = ParityReport.floor) -> Finding {
        guard runners.count == 2, reason == nil else { return .unknown(reason ?? "there are not two engines") }
        do throws(ModelError) {
            let inputs = try runners[0].inputs(of: [row])
            return parting(
                try runners[0].outputs(of: [row]), try runners[1].outputs(of: [row]), inputs: inputs, floor: floor)
        } catch {
            return .unknown(error.message)
        }
    }

    private func parting(
        _ left: [PredictorOutput], _ right: [PredictorOutput], inputs: [String: Tensor], floor: Double
    ) -> Finding {
        let others = Dictionary(right.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        var sizes: [String: Double] = [:]
        for output in left {
            sizes[output.name] =
                others[output.name].map { output.tensor.largestDifference(from: $0, floor: floor) } ?? .infinity
        }
        for node in graph.nodes {
            guard node.outputs.contains(where: { sizes[$0, default: 0] > ParityReport.tolerance }) else { continue }
            let apart = node.inputs.map { sizes[$0, default: 0] }.max() ?? 0
            let read = inputs.merging(left.map { ($0.name, $0.tensor) }) { given, _ in given }
            return .node(node, onTheSameInputs: apart == 0 || parts(node, reading: read, floor: floor))
        }
        return .nowhere
    }

    /// Whether a node by itself answers otherwise in the second engine, given what it reads in the first.
    ///
    /// A node that cannot be asked by itself is not held to an answer.
    private func parts(_ node: Node, reading values: [String: Tensor], floor: Double) -> Bool {
        do throws(ModelError) {
            guard let alone = try graph.alone(node, reading: values) else { return false }
            let inputs = values.filter { name, _ in alone.inputs.contains { $0.name == name } }
            let left = try engines[0].load(alone).predict(inputs)
            let right = try engines[1].load(alone).predict(inputs)
            return left.contains { output in
                let other = right.first { $0.name == output.name }
                let size = other.map { output.tensor.largestDifference(from: $0.tensor, floor: floor) } ?? .infinity
                return size > ParityReport.tolerance
            }
        } catch {
            return false
        }
    }
}

extension Tensor {
    /// The largest relative difference between elements; 0 only when all are the same.
    fileprivate func largestDifference(from other: Tensor, floor: Double) -> Double {
        guard count == other.count else { return .infinity }
        guard let left = asDoubles, let right = other.asDoubles else {
            return elements == other.elements ? 0 : .infinity
        }
        let isExact: Bool
        switch elements {
        case .float32, .float64: isExact = false
        default: isExact = true
        }
        return zip(left, right).reduce(0) { largest, pair in
            guard pair.0 != pair.1 else { return largest }
            return max(largest, isExact ? .infinity : ParityReport.difference(pair.0, pair.1, floor: floor))
        }
    }
}
