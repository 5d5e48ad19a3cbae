import SlipwayModel

/// `Normalizer`: each row divided by its norm; a row of norm zero stays.
struct NormalizerKernel: UnaryKernel {
    private enum Norm: String {
        case maximum = "MAX"
        case absolute = "L1"
        case euclidean = "L2"
    }

    private let norm: Norm

    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("norm") ?? "MAX"
        guard let norm = Norm(rawValue: name) else {
            throw KernelProblem(.invalid, "norm '\(name.prefix(40))' is not known")
        }
        self.norm = norm
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, width) = try input.rows()
        var values = try input.numbers(as: Float.self)
        for row in 0..<rows { normalize(&values[row * width..<(row + 1) * width]) }
        return Tensor(values, shape: input.shape)
    }

    private func normalize(_ row: inout ArraySlice<Float>) {
        switch norm {
        case .maximum: divide(&row, by: row.reduce(-Float.greatestFiniteMagnitude) { $0 < $1 ? $1 : $0 })
        case .absolute: divide(&row, by: row.reduce(0) { $0 + $1.magnitude })
        case .euclidean:
            let sum = row.reduce(0) { $0 + $1 * $1 }
            guard sum != 0 else { return }
            for index in row.indices {
                let share = (row[index] * row[index] / sum).squareRoot()
                row[index] = row[index] < 0 ? -share : share
            }
        }
    }

    private func divide(_ row: inout ArraySlice<Float>, by norm: Float) {
        guard norm != 0 else { return }
        for index in row.indices { row[index] /= norm }
    }
}
