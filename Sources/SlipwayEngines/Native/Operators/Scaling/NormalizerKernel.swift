import SlipwayModel

/// `Normalizer`: each row divided by its norm; a row of norm zero stays.
final class NormalizerKernel: UnaryKernel {
    private enum Norm: String, Sendable {
        case maximum = "MAX"
        case absolute = "L1"
        case euclidean = "L2"
    }

    private let kind: Norm

    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("norm") ?? "MAX"
        guard let norm = Norm(rawValue: name) else {
            throw KernelProblem(.invalid, "norm '\(name.prefix(40))' is not known")
        }
        kind = norm
    }

    func apply(_ input: Tensor) throws(KernelProblem) -> Tensor {
        let (rows, width) = try input.rows()
        var values = try input.numbers(as: Float.self)
        values.withUnsafeMutableBufferPointer { values in
            guard let start = values.baseAddress else { return }
            // A kind that the compiler knows makes a faster loop.
            switch kind {
            case .maximum: for row in 0..<rows { Self.normalize(start + row * width, width, .maximum) }
            case .absolute: for row in 0..<rows { Self.normalize(start + row * width, width, .absolute) }
            case .euclidean: for row in 0..<rows { Self.normalize(start + row * width, width, .euclidean) }
            }
        }
        return Tensor(values, shape: input.shape)
    }

    @inline(__always)
    private static func normalize(_ row: UnsafeMutablePointer<Float>, _ width: Int, _ kind: Norm) {
        var norm: Float = 0
        switch kind {
        case .maximum:
            norm = -Float.greatestFiniteMagnitude
            for index in 0..<width where norm < row[index] { norm = row[index] }
        case .absolute:
            for index in 0..<width { norm += row[index].magnitude }
        case .euclidean:
            for index in 0..<width { norm += row[index] * row[index] }
        }
        guard norm != 0 else { return }
        if kind == .euclidean {
            for index in 0..<width {
                let share = (row[index] * row[index] / norm).squareRoot()
                row[index] = row[index] < 0 ? -share : share
            }
        } else {
            for index in 0..<width { row[index] /= norm }
        }
    }
}
