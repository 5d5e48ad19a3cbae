import SlipwayData
import SlipwayModel

/// Makes small, repeatable damage in graphs and inputs.
struct GraphMutator {
    private static let oddIntegers: [Int64] = [0, 1, -1, 2, 3, 7, 100, 65_537, 1 << 33, .max, .min, -2]
    private static let oddFloats: [Float] = [0, -1, 1, .nan, .infinity, -.infinity, 1e30, .leastNonzeroMagnitude]
    private static let oddTexts = ["", "NONE", "LEAF", "BRANCH_EQ", "\u{0}", "ü", "LOGISTIC", "PROBIT", "1e400"]

    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func index(below limit: Int) -> Int { Int(random.next() % UInt64(max(limit, 1))) }

    mutating func mutated(_ graph: Graph) -> Graph {
        var graph = graph
        for _ in 0...index(below: 3) {
            switch index(below: 13) {
            case 0...6: changeAttribute(&graph)
            case 7: changeWiring(&graph)
            case 8, 9: changeInitializer(&graph)
            case 10: changeSubgraph(&graph)
            case 11: graph.opsets[index(below: 2) == 0 ? "" : "ai.onnx.ml"] = index(below: 30)
            default: graph.nodes.remove(at: index(below: graph.nodes.count))
            }
            if graph.nodes.isEmpty { return graph }
        }
        return graph
    }

    mutating func mutated(_ inputs: [String: Tensor]) -> [String: Tensor] {
        var inputs = inputs
        guard index(below: 3) == 0, let name = pick(inputs.keys.sorted()) else { return inputs }
        inputs[name] = inputs[name].map { mutated($0) }
        return inputs
    }

    private mutating func pick<Element>(_ array: [Element]) -> Element? {
        array.isEmpty ? nil : array[index(below: array.count)]
    }

    private mutating func changeAttribute(_ graph: inout Graph) {
        let node = index(below: graph.nodes.count)
        guard let name = pick(graph.nodes[node].attributes.keys.sorted()) else { return }
        guard let value = graph.nodes[node].attributes[name] else { return }
        graph.nodes[node].attributes[name] = index(below: 12) == 0 ? nil : mutated(value)
    }

    private mutating func mutated(_ attribute: Attribute) -> Attribute {
        switch attribute {
        case .float: return .float(Self.oddFloats[index(below: Self.oddFloats.count)])
        case .integer: return .integer(Self.oddIntegers[index(below: Self.oddIntegers.count)])
        case .string: return .string(Self.oddTexts[index(below: Self.oddTexts.count)])
        case .tensor(let tensor): return .tensor(mutated(tensor))
        case .floats(let values): return .floats(mutated(values, Self.oddFloats))
        case .integers(let values): return .integers(mutated(values, Self.oddIntegers + [Int64(values.count)]))
        case .strings(let values): return .strings(mutated(values, Self.oddTexts))
        }
    }

    private mutating func mutated<Element>(_ values: [Element], _ odd: [Element]) -> [Element] {
        var values = values
        switch index(below: 8) {
        case 0: return []
        case 1: return Array(values.dropLast())
        case 2: return values + odd.prefix(1)
        case 3: return Array(values.reversed())
        default:
            if !values.isEmpty { values[index(below: values.count)] = odd[index(below: odd.count)] }
            return values
        }
    }

    /// Damages the first graph inside a node that holds any.
    private mutating func changeSubgraph(_ graph: inout Graph) {
        guard let node = graph.nodes.firstIndex(where: { !$0.subgraphs.isEmpty }),
            let key = pick(graph.nodes[node].subgraphs.keys.sorted()),
            var subgraph = graph.nodes[node].subgraphs[key], let inner = subgraph.nodes.indices.last
        else { return }
        switch index(below: 5) {
        case 0: subgraph.nodes.removeLast()
        case 1: subgraph.outputs = Array(subgraph.outputs.dropLast())
        case 2: subgraph.inputs = Array(subgraph.inputs.dropLast())
        case 3: subgraph.nodes[inner].inputs = mutated(subgraph.nodes[inner].inputs, ["", "nowhere"])
        default: subgraph.initializers = subgraph.initializers.mapValues { mutated($0) }
        }
        graph.nodes[node].subgraphs[key] = subgraph
    }

    private mutating func changeWiring(_ graph: inout Graph) {
        let names = graph.nodes.flatMap { $0.inputs + $0.outputs } + ["", "nowhere"]
        let node = index(below: graph.nodes.count)
        guard let name = pick(names) else { return }
        if index(below: 4) == 0 {
            graph.nodes[node].inputs = Array(graph.nodes[node].inputs.dropLast())
        } else if !graph.nodes[node].inputs.isEmpty {
            graph.nodes[node].inputs[index(below: graph.nodes[node].inputs.count)] = name
        }
    }

    private mutating func changeInitializer(_ graph: inout Graph) {
        guard let name = pick(graph.initializers.keys.sorted()) else { return }
        graph.initializers[name] = graph.initializers[name].map { mutated($0) }
    }

    private mutating func mutated(_ tensor: Tensor) -> Tensor {
        switch index(below: 6) {
        case 0: return Tensor(shape: [tensor.count], elements: tensor.elements)
        case 1: return Tensor(shape: [1, tensor.count, 1], elements: tensor.elements)
        case 2: return Tensor(shape: [0, 1 << 40, 1 << 40], elements: .float32([]))
        case 3: return Tensor(shape: [], elements: .float64([.nan]))
        default: return withOddElements(tensor)
        }
    }

    private mutating func withOddElements(_ tensor: Tensor) -> Tensor {
        guard tensor.count > 0 else { return tensor }
        let place = index(below: tensor.count)
        let whole = Self.oddIntegers[index(below: Self.oddIntegers.count)]
        let float = Self.oddFloats[index(below: Self.oddFloats.count)]
        var tensor = tensor
        switch tensor.elements {
        case .float32(var array):
            array[place] = float
            tensor.elements = .float32(array)
        case .float64(var array):
            array[place] = Double(float)
            tensor.elements = .float64(array)
        case .int32(var array):
            array[place] = Int32(truncatingIfNeeded: whole)
            tensor.elements = .int32(array)
        case .int64(var array):
            array[place] = whole
            tensor.elements = .int64(array)
        case .bool(var array):
            array[place].toggle()
            tensor.elements = .bool(array)
        case .string(var array):
            array[place] = Self.oddTexts[index(below: Self.oddTexts.count)]
            tensor.elements = .string(array)
        }
        return tensor
    }
}
