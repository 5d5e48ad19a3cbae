import SlipwayModel

/// Layers of a network, computed for some rows at a time, so that what passes between them stays in the cache.
final class DensePass: FusedPass {
    /// Layers in either precision: a pass of one type for both is compiled for each of them.
    enum Layers: Sendable {
        case single([DenseLayer<Float>])
        case double([DenseLayer<Double>])
    }

    /// The elements between two layers that are kept at once.
    private static let elementsAtOnce = 1 << 13
    /// The fewest rows that go through all layers together.
    private static let leastRows = 64

    private let layers: Layers
    /// Whether the input must be a matrix, as `Gemm` asks, and not a stack of them.
    private let wantsMatrix: Bool

    /// Joins layers, each of which is as wide as the next one reads; there is at least one.
    init(_ layers: Layers, wantsMatrix: Bool) {
        self.layers = layers
        self.wantsMatrix = wantsMatrix
    }

    func run(_ inputs: Arguments) -> [Tensor]? {
        switch layers {
        case .single(let layers): run(layers, inputs)
        case .double(let layers): run(layers, inputs)
        }
    }

    private func run<Scalar: FloatScalar>(_ layers: [DenseLayer<Scalar>], _ inputs: Arguments) -> [Tensor]? {
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
        let result = [Scalar](unwritten: rows * columns) { result, written in
            values.withUnsafeBufferPointer { values in
                if let values = values.baseAddress, let result = result.baseAddress {
                    Self.apply(layers, values, rows: rows, into: result)
                }
            }
            written = rows * columns
        }
        var shape = input.shape
        shape[shape.count - 1] = columns
        return [Tensor(result, shape: shape)]
    }

    private static func apply<Scalar: FloatScalar>(
        _ layers: [DenseLayer<Scalar>], _ values: UnsafePointer<Scalar>, rows: Int,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        let last = layers.count - 1
        let (inner, columns) = (layers[0].matrix.inner, layers[last].matrix.columns)
        guard last > 0 else { return layers[0].apply(values, rows: rows, into: result) }
        let widest = layers.dropLast().reduce(1) { max($0, $1.matrix.columns) }
        let rowsAtOnce = min(rows, max(leastRows, elementsAtOnce / widest))
        let size = widest * rowsAtOnce
        let isNarrow = rows >= PackedMatrix<Scalar>.rowsInLanes && layers.allSatisfy { $0.matrix.fitsLanes }
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * size) { memory in
            guard let memory = memory.baseAddress else { return }
            for first in stride(from: 0, to: rows, by: rowsAtOnce) {
                let count = min(rowsAtOnce, rows - first)
                let (start, end) = (values + first * inner, result + first * columns)
                if isNarrow {
                    applyInLanes(layers, start, rows: count, memory, memory + size, into: end)
                } else {
                    apply(layers, start, rows: count, memory, memory + size, into: end)
                }
            }
        }
    }

    /// Applies all layers to rows, between which they lie in either of two places.
    private static func apply<Scalar: FloatScalar>(
        _ layers: [DenseLayer<Scalar>], _ values: UnsafePointer<Scalar>, rows: Int,
        _ even: UnsafeMutablePointer<Scalar>, _ odd: UnsafeMutablePointer<Scalar>,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        let last = layers.count - 1
        var source = values
        for index in 0...last {
            let target = index == last ? result : index.isMultiple(of: 2) ? even : odd
            layers[index].apply(source, rows: rows, into: target)
            source = UnsafePointer(target)
        }
    }

    /// Applies narrow layers, between which rows lie column after column.
    private static func applyInLanes<Scalar: FloatScalar>(
        _ layers: [DenseLayer<Scalar>], _ values: UnsafePointer<Scalar>, rows: Int,
        _ even: UnsafeMutablePointer<Scalar>, _ odd: UnsafeMutablePointer<Scalar>,
        into result: UnsafeMutablePointer<Scalar>
    ) {
        let last = layers.count - 1
        let between = PackedMatrix<Scalar>.Places.columns(of: rows)
        var (source, places) = (values, PackedMatrix<Scalar>.Places.rows(of: layers[0].matrix.inner))
        for index in 0..<last {
            let target = index.isMultiple(of: 2) ? even : odd
            layers[index].applyInLanes(source, places, rows: rows, into: target, between)
            (source, places) = (UnsafePointer(target), between)
        }
        layers[last].applyInLanes(
            source, places, rows: rows, into: result, .rows(of: layers[last].matrix.columns))
    }
}
