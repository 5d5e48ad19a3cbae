/// The numbers at which a graph changes its mind: thresholds of trees, and constants that values are compared with.
struct Boundaries {
    /// What a value is compared with.
    struct Comparisons {
        /// The numbers per column of the value.
        var byColumn: [Int: Set<Double>] = [:]
        /// One number per column, or all for a single column, or else for any: it depends on how wide the value is.
        var spread: [[Double]] = []

        /// The numbers that each column is compared with, where the value has so many columns.
        func numbers(width: Int) -> [Int: [Double]] {
            var all = byColumn.filter { (0..<width).contains($0.key) }
            for list in spread {
                for column in 0..<width {
                    if list.count == width {
                        all[column, default: []].insert(list[column])
                    } else {
                        all[column, default: []].formUnion(list)
                    }
                }
            }
            return all.mapValues { $0.filter(\.isFinite).sorted() }
        }
    }

    /// The most constants of one comparison that are looked at.
    private static let constantCountMax = 4_096

    /// The comparisons by the name of the value that is compared.
    private(set) var byValue: [String: Comparisons] = [:]
    private var constants: [String: Tensor]

    /// Finds the boundaries of a graph.
    ///
    /// - Complexity: O(nodes of graph and trees).
    init(_ graph: Graph) {
        constants = graph.initializers
        for node in graph.nodes {
            if case .tensor(let tensor)? = node.attributes["value"], let name = node.outputs.first {
                constants[name] = tensor
            } else if let value = node.inputs.first, !value.isEmpty {
                add(node, reading: value)
            }
        }
    }

    private mutating func add(_ node: Node, reading value: String) {
        switch node.operatorName {
        case "TreeEnsembleClassifier", "TreeEnsembleRegressor", "TreeEnsemble": addTrees(node, value)
        case "Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal", "Max", "Min":
            for (index, name) in node.inputs.enumerated() {
                guard let numbers = numbers(name) else { continue }
                for (other, compared) in node.inputs.enumerated() where other != index && constants[compared] == nil {
                    spread(numbers, compared)
                }
            }
        case "Binarizer": spread([node.decimal("threshold") ?? 0], value)
        case "ThresholdedRelu": spread([node.decimal("alpha") ?? 1], value)
        case "Relu", "LeakyRelu", "Sign", "Abs": spread([0], value)
        case "Clip":
            let limits =
                ["min", "max"].compactMap(node.decimal) + node.inputs.dropFirst().flatMap { numbers($0) ?? [] }
            for limit in limits { spread([limit], value) }
        case "Imputer":
            if let replaced = node.decimal("replaced_value_float"), replaced.isFinite { spread([replaced], value) }
        default: break
        }
    }

    private mutating func addTrees(_ node: Node, _ value: String) {
        guard case .integers(let features)? = node.attributes["nodes_featureids"] else { return }
        let thresholds = node.decimals("nodes_splits", "nodes_values", "nodes_values_as_tensor")
        let members = node.decimals("membership_values").filter(\.isFinite)
        for (index, feature) in features.enumerated() {
            let column = Int(clamping: feature)
            if node.isTest(of: "member", at: index) {
                byValue[value, default: Comparisons()].byColumn[column, default: []].formUnion(members.prefix(64))
            } else if index < thresholds.count, !node.isTest(of: "leaf", at: index) {
                byValue[value, default: Comparisons()].byColumn[column, default: []].insert(thresholds[index])
            }
        }
    }

    private mutating func spread(_ numbers: [Double], _ value: String) {
        byValue[value, default: Comparisons()].spread.append(numbers)
    }

    private func numbers(_ name: String) -> [Double]? {
        guard let tensor = constants[name], tensor.count <= Self.constantCountMax else { return nil }
        return tensor.asDoubles
    }
}

extension Node {
    /// Whether a node of a tree is a test of membership, or a leaf.
    fileprivate func isTest(of mode: String, at index: Int) -> Bool {
        switch attributes["nodes_modes"] {
        case .strings(let modes)? where index < modes.count: modes[index] == mode.uppercased()
        case .tensor(let modes)? where index < modes.count && mode == "member": modes.wholeNumber(at: index) == 6
        default: false
        }
    }

    fileprivate func decimal(_ name: String) -> Double? {
        if case .float(let value)? = attributes[name] { Double(value) } else { nil }
    }

    /// The first of some attributes that is a list of numbers.
    fileprivate func decimals(_ names: String...) -> [Double] {
        for name in names {
            switch attributes[name] {
            case .floats(let values)? where !values.isEmpty: return values.map(Double.init)
            case .tensor(let tensor)?: return tensor.asDoubles ?? []
            default: continue
            }
        }
        return []
    }
}

extension Tensor {
    fileprivate func wholeNumber(at index: Int) -> Int64? {
        switch elements {
        case .int64(let values): values[index]
        case .int32(let values): Int64(values[index])
        default: nil
        }
    }
}
