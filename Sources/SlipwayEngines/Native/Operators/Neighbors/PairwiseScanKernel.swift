import SlipwayModel

/// A `Scan` that exporters write for distances: each of its rounds takes one row from all rows of a matrix, and sums the
/// squares or the magnitudes of the differences.
///
/// It gives bit for bit what the nodes of the graph give, which run where the shapes are not as expected.
final class PairwiseScanKernel: Kernel {
    private enum Metric {
        case squares
        case magnitudes
    }

    /// The rows of one matrix whose sums are kept at a time: few enough to stay in the cache.
    private static let rowsAtOnce = 256
    /// Fewer rows than these are not worth laying out column by column.
    private static let fewRows = 4

    private let general: ScanKernel
    private let metric: Metric

    /// Makes the kernel of a `Scan`, or gives `nil` for one that computes anything else.
    init?(_ context: NodeContext, general: ScanKernel) throws(KernelProblem) {
        guard let body = context.node.subgraphs["body"], body.inputs.count == 2, body.outputs.count == 2,
            context.node.inputs.count == 2, context.node.captures.isEmpty, body.narrowTypes.isEmpty,
            body.functions.isEmpty, general.readsWholeRows,
            let metric = try Self.metric(of: body)
        else { return nil }
        self.general = general
        self.metric = metric
    }

    private static func metric(of body: Subgraph) throws(KernelProblem) -> Metric? {
        var writers: [String: Node] = [:]
        for node in body.nodes {
            guard node.domain.isEmpty, node.outputs.count == 1 else { return nil }
            writers[node.outputs[0]] = node
        }
        /// The node that computes a value, however often it is renamed.
        func writer(of name: String) -> (node: Node?, name: String) {
            var name = name
            for _ in body.nodes {
                guard let node = writers[name], node.operatorName == "Identity", let source = node.inputs.first else {
                    break
                }
                name = source
            }
            return (writers[name], name)
        }
        guard writer(of: body.outputs[0]).name == body.inputs[0], let sum = writer(of: body.outputs[1]).node,
            try sumsRows(sum, in: body), var difference = writer(of: sum.inputs[0]).node
        else { return nil }
        let metric: Metric
        switch (sum.operatorName, difference.operatorName) {
        case ("ReduceSumSquare", "Sub"): metric = .squares
        case ("ReduceL1", "Sub"): metric = .magnitudes
        case ("ReduceSum", "Abs"):
            guard let name = difference.inputs.first, let inner = writer(of: name).node else { return nil }
            (metric, difference) = (.magnitudes, inner)
        default: return nil
        }
        guard difference.operatorName == "Sub", difference.inputs.count == 2,
            Set(difference.inputs.map { writer(of: $0).name }) == Set(body.inputs)
        else { return nil }
        return metric
    }

    /// Whether a node folds the second of two dimensions and drops it.
    private static func sumsRows(_ node: Node, in body: Subgraph) throws(KernelProblem) -> Bool {
        let context = NodeContext(node: node, opset: 0)
        guard try context.integer("keepdims", default: 1) == 0, (1...2).contains(node.inputs.count) else {
            return false
        }
        var axes = try context.integers("axes")
        if node.inputs.count == 2 {
            guard case .int64(let given)? = body.initializers[node.inputs[1]]?.elements else { return false }
            axes = given.map { Int(truncatingIfNeeded: $0) }
        }
        return axes == [1] || axes == [-1]
    }

    func run(_ inputs: Arguments) throws(KernelProblem) -> [Tensor] {
        let (left, right) = (try inputs.tensor(0), try inputs.tensor(1))
        guard left.shape.count == 2, right.shape.count == 2, left.shape[1] == right.shape[1], left.count > 0,
            0 < right.count, right.shape[0] <= NativeLimits.iterations
        else { return try general.run(inputs) }
        switch (left.elements, right.elements) {
        case (.float32(let rows), .float32(let others)): return [left, try distances(rows, others, left, right)]
        case (.float64(let rows), .float64(let others)): return [left, try distances(rows, others, left, right)]
        default: return try general.run(inputs)
        }
    }

    private func distances<Scalar: FloatScalar>(
        _ rows: [Scalar], _ others: [Scalar], _ left: Tensor, _ right: Tensor
    ) throws(KernelProblem) -> Tensor {
        let width = left.shape[1]
        try Matrix.check(rows: left.shape[0], inner: width, columns: right.shape[0])
        let shape = [right.shape[0], left.shape[0]]
        let count = try Shape.count(shape)
        let result = [Scalar](unwritten: count) { result, written in
            rows.withUnsafeBufferPointer { rows in
                others.withUnsafeBufferPointer { others in
                    guard let rows = rows.baseAddress, let others = others.baseAddress, let target = result.baseAddress
                    else { return }
                    let pairs = Pairs(rows: rows, count: shape[1], others: others, otherCount: shape[0], width: width)
                    switch metric {
                    case .squares: pairs.fill(target) { Double($0) * Double($0) }
                    case .magnitudes: pairs.fill(target) { Double($0.magnitude) }
                    }
                }
            }
            written = count
        }
        return Tensor(result, shape: shape)
    }

    /// All rows of one matrix beside all those of another.
    private struct Pairs<Scalar: FloatScalar> {
        let rows: UnsafePointer<Scalar>
        let count: Int
        let others: UnsafePointer<Scalar>
        let otherCount: Int
        let width: Int

        /// Writes a sum of terms for each pair, those with the first of the other rows first.
        @inline(__always)
        func fill(_ target: UnsafeMutablePointer<Scalar>, _ term: (Scalar) -> Double) {
            guard count >= PairwiseScanKernel.fewRows else {
                fillOneByOne(target, term)
                return
            }
            let block = min(count, PairwiseScanKernel.rowsAtOnce)
            withUnsafeTemporaryAllocation(of: Double.self, capacity: block) { sums in
                withUnsafeTemporaryAllocation(of: Scalar.self, capacity: block * width) { columns in
                    guard let sums = sums.baseAddress, let columns = columns.baseAddress else { return }
                    for first in stride(from: 0, to: count, by: block) {
                        fill(target + first, rows + first * width, min(block, count - first), columns, sums, term)
                    }
                }
            }
        }

        /// Fills some columns of the result, with the rows laid out column by column.
        @inline(__always)
        private func fill(
            _ target: UnsafeMutablePointer<Scalar>, _ rows: UnsafePointer<Scalar>, _ taken: Int,
            _ columns: UnsafeMutablePointer<Scalar>, _ sums: UnsafeMutablePointer<Double>, _ term: (Scalar) -> Double
        ) {
            for feature in 0..<width {
                for row in 0..<taken { columns[feature &* taken &+ row] = rows[row &* width &+ feature] }
            }
            for other in 0..<otherCount {
                for row in 0..<taken { sums[row] = 0 }
                for feature in 0..<width {
                    let (column, value) = (columns + feature &* taken, others[other &* width &+ feature])
                    for row in 0..<taken { sums[row] += term(column[row] - value) }
                }
                let line = target + other &* count
                for row in 0..<taken { line[row] = Scalar(sums[row]) }
            }
        }

        @inline(__always)
        private func fillOneByOne(_ target: UnsafeMutablePointer<Scalar>, _ term: (Scalar) -> Double) {
            for other in 0..<otherCount {
                for row in 0..<count {
                    var sum = 0.0
                    for feature in 0..<width {
                        sum += term(rows[row &* width &+ feature] - others[other &* width &+ feature])
                    }
                    target[other &* count &+ row] = Scalar(sum)
                }
            }
        }
    }
}
