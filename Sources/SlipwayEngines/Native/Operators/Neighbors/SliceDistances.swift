import CSlipwayKernels
import SlipwayModel

/// The squared distances of the rows of one matrix from those of another, as converters write them with a `Scan`.
///
/// The body takes a row of the second matrix from all rows of the first, squares the differences, and sums them.
struct SliceDistances: Sendable {
    /// The place among the inputs of the node of what names the axis of the sums; `nil` where the body knows it.
    private let axisInput: Int?

    /// Recognises the body of a node of one state and one sliced input, both taken as they are.
    init?(_ context: NodeContext) {
        guard let body = context.node.subgraphs["body"], body.inputs.count == 2, body.outputs.count == 2,
            body.functions.isEmpty, body.narrowTypes.isEmpty
        else { return nil }
        var names: [String: String] = [:]
        var nodes: [Node] = []
        for node in body.nodes {
            guard node.domain.isEmpty else { return nil }
            if node.operatorName == "Identity", node.inputs.count == 1, node.outputs.count == 1 {
                names[node.outputs[0]] = names[node.inputs[0]] ?? node.inputs[0]
            } else {
                nodes.append(node)
            }
        }
        let results = body.outputs.map { names[$0] ?? $0 }
        guard nodes.count == 2, nodes[0].operatorName == "Sub", nodes[1].operatorName == "ReduceSumSquare",
            nodes[0].inputs.map({ names[$0] ?? $0 }) == body.inputs, nodes[0].outputs.count == 1,
            let summed = nodes[1].inputs.first, (names[summed] ?? summed) == nodes[0].outputs[0],
            nodes[1].outputs.count == 1, results == [body.inputs[0], nodes[1].outputs[0]],
            nodes[1].attributes["keepdims"] == .integer(0)
        else { return nil }
        if nodes[1].inputs.count == 1 {
            guard nodes[1].attributes["axes"] == .integers([1]) else { return nil }
            axisInput = nil
        } else if let axes = body.initializers[nodes[1].inputs[1]] {
            guard axes.elements == .int64([1]) else { return nil }
            axisInput = nil
        } else {
            guard let place = context.node.captures.firstIndex(of: nodes[1].inputs[1]) else { return nil }
            axisInput = 2 + place
        }
    }

    /// The two outputs of the node, or `nil` where it has to run round by round.
    func run(_ inputs: Arguments) -> [Tensor]? {
        guard let rows = inputs.optional(0), let slices = inputs.optional(1), rows.shape.count == 2,
            slices.shape.count == 2, rows.shape[1] == slices.shape[1], rows.count > 0, slices.count > 0,
            slices.shape[0] <= NativeLimits.iterations,
            (try? Shape.count([slices.shape[0], rows.shape[0]])) != nil,
            (try? Matrix.check(rows: rows.shape[0], inner: rows.shape[1], columns: slices.shape[0])) != nil
        else { return nil }
        if let axisInput {
            guard inputs.optional(axisInput)?.elements == .int64([1]) else { return nil }
        }
        let shape = slipway_shape(
            rows: slices.shape[0], inner: rows.shape[1], columns: rows.shape[0], pitch: rows.shape[1],
            depth: rows.shape[1], stride: rows.shape[0])
        switch (rows.elements, slices.elements) {
        case (.float32(let rows32), .float32(let slices32)):
            let sums = Self.sums(shape, of: rows32, slices32, slipway_rounded_distances)
            return [rows, Tensor(sums, shape: [shape.rows, shape.columns])]
        case (.float64(let rows64), .float64(let slices64)):
            let sums = Self.sums(shape, of: rows64, slices64, slipway_distances_f64)
            return [rows, Tensor(sums, shape: [shape.rows, shape.columns])]
        default: return nil
        }
    }

    /// Packs the rows as columns, and computes the distances of all slices from them.
    private static func sums<Scalar: FloatScalar>(
        _ shape: slipway_shape, of rows: [Scalar], _ slices: [Scalar],
        _ kernel: (slipway_shape, UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
    ) -> [Scalar] {
        let packed: [Scalar] = rows.withUnsafeBufferPointer { rows in
            rows.baseAddress.map {
                Panels.packed($0, inner: shape.inner, columns: shape.columns, isTransposed: true, for: Double.self)
            } ?? []
        }
        return [Scalar](unsafeUninitializedCapacity: shape.rows * shape.columns) { result, written in
            if let target = result.baseAddress { kernel(shape, slices, packed, target) }
            written = shape.rows * shape.columns
        }
    }
}
