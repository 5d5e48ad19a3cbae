import SlipwayModel

/// Layers of a network, computed for some rows at a time, so that what passes between them stays in the cache.
struct DensePass<Scalar: FloatScalar>: FusedPass {
    /// The fewest rows that go through all layers together.
    private static var fewestRows: Int { 64 }
    /// The elements of a value between two layers up to which more rows go together: what stays in the nearest cache.
    private static var elementsAtOnce: Int { 4_096 }

    private let layers: [DenseLayer<Scalar>]
    /// Whether the input must be a matrix, as `Gemm` asks, and not a stack of them.
    private let wantsMatrix: Bool
    /// The columns of the widest value between two layers.
    private let widest: Int
    /// The rows that go through all layers together.
    private let rowsAtOnce: Int

    /// Joins layers, each of which is as wide as the next one reads; there is at least one.
    init(_ layers: [DenseLayer<Scalar>], wantsMatrix: Bool) {
        self.layers = layers
        self.wantsMatrix = wantsMatrix
        widest = layers.dropLast().map(\.matrix.columns).max() ?? 0
        rowsAtOnce = max(Self.fewestRows, Self.elementsAtOnce / max(widest, 1))
    }

    func run(_ inputs: Arguments) -> [Tensor]? {
        guard let input = inputs.optional(0), let values = Scalar.array(of: input.elements), input.shape.count > 1,
            input.shape.count == 2 || !wantsMatrix, input.shape.last == layers[0].matrix.inner, !values.isEmpty
        else { return nil }
        let rows = values.count / layers[0].matrix.inner
        let columns = layers[layers.count - 1].matrix.columns
        for layer in layers {
            guard (try? Shape.count([rows, layer.matrix.columns])) != nil,
                (try? Matrix.check(rows: rows, inner: layer.matrix.inner, columns: layer.matrix.columns)) != nil
            else { return nil }
        }
        let result = [Scalar](unsafeUninitializedCapacity: rows * columns) { result, written in
            values.withUnsafeBufferPointer { values in
                if let values = values.baseAddress, let result = result.baseAddress {
                    apply(values, rows: rows, into: result)
                }
            }
            written = rows * columns
        }
        var shape = input.shape
        shape[shape.count - 1] = columns
        return [Tensor(result, shape: shape)]
    }

    private func apply(_ values: UnsafePointer<Scalar>, rows: Int, into result: UnsafeMutablePointer<Scalar>) {
        let last = layers.count - 1
        let (inner, columns) = (layers[0].matrix.inner, layers[last].matrix.columns)
        guard last > 0 else { return layers[0].apply(values, rows: rows, into: result) }
        let size = widest * min(rows, rowsAtOnce)
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * size) { memory in
            guard let memory = memory.baseAddress else { return }
            for first in stride(from: 0, to: rows, by: rowsAtOnce) {
                let count = min(rowsAtOnce, rows - first)
                var source = values + first * inner
                for index in 0..<last {
                    let target = memory + (index.isMultiple(of: 2) ? 0 : size)
                    layers[index].apply(source, rows: count, into: target)
                    source = UnsafePointer(target)
                }
                layers[last].apply(source, rows: count, into: result + first * columns)
            }
        }
    }
}
