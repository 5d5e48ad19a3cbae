/// An order of nodes in which each follows all that it reads from.
///
/// The order is stable: nodes that are already in such an order keep their places.
enum TopologicalOrder: Equatable {
    /// Positions of nodes, in the order to run them.
    case order([Int])
    /// Positions of nodes that read from one another, along the cycle.
    case cycle([Int])

    private enum Mark { case unseen, open, done }

    /// Orders nodes by a depth-first walk from each to its writers, without recursion.
    ///
    /// - Complexity: O(nodes + reads).
    init(of nodes: [Node]) {
        var writer: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            for output in node.outputs where !output.isEmpty && writer[output] == nil { writer[output] = index }
        }
        let sources = nodes.map { node in (node.inputs + node.captures).compactMap { writer[$0] } }
        var marks = [Mark](repeating: .unseen, count: nodes.count)
        var order: [Int] = []
        order.reserveCapacity(nodes.count)
        for start in nodes.indices where marks[start] == .unseen {
            var path: [(node: Int, next: Int)] = [(start, 0)]
            marks[start] = .open
            while let (node, next) = path.last {
                guard next < sources[node].count else {
                    marks[node] = .done
                    order.append(node)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let source = sources[node][next]
                switch marks[source] {
                case .done: break
                case .unseen:
                    marks[source] = .open
                    path.append((source, 0))
                case .open:
                    let cycle = path.map(\.node).drop { $0 != source }
                    self = .cycle(Array(cycle))
                    return
                }
            }
        }
        self = .order(order)
    }
}
