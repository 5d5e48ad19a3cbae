import SlipwayData

/// Finds the first node of a graph where two engines part.
///
/// Each engine runs a copy of the graph whose outputs are all of its values, so that nothing is joined or left out.
struct PartingNode {
    /// What was found for one row.
    enum Finding: Equatable {
        /// The first node with another result; whether all that it read was the same in both engines to the last bit.
        case node(Node, readsTheSame: Bool)
        /// Every node has the same result when each can be seen.
        case nowhere
        /// The values could not be seen, for this reason.
        case unknown(String)
    }

    private let graph: Graph
    private let runners: [RowRunner]
    private let reason: String?

    /// Loads the graph into both engines.
    init(_ graph: Graph, signature: Signature, engines: [any InferenceEngine]) {
        self.graph = graph
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
    func find(row: [Value]) -> Finding {
        guard runners.count == 2, reason == nil else { return .unknown(reason ?? "there are not two engines") }
        do throws(ModelError) {
            return parting(try runners[0].outputs(of: [row]), try runners[1].outputs(of: [row]))
        } catch {
            return .unknown(error.message)
        }
    }

    private func parting(_ left: [PredictorOutput], _ right: [PredictorOutput]) -> Finding {
        let others = Dictionary(right.map { ($0.name, $0.tensor) }, uniquingKeysWith: { first, _ in first })
        var sizes: [String: Double] = [:]
        for output in left {
            sizes[output.name] = others[output.name].map { output.tensor.largestDifference(from: $0) } ?? .infinity
        }
        for node in graph.nodes {
            guard node.outputs.contains(where: { sizes[$0, default: 0] > ParityReport.tolerance }) else { continue }
            let apart = node.inputs.map { sizes[$0, default: 0] }.max() ?? 0
            return .node(node, readsTheSame: apart == 0)
        }
        return .nowhere
    }
}

extension Tensor {
    /// The largest relative difference between elements; 0 only when all are the same.
    fileprivate func largestDifference(from other: Tensor) -> Double {
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
            return max(largest, isExact ? .infinity : ParityReport.difference(pair.0, pair.1))
        }
    }
}
