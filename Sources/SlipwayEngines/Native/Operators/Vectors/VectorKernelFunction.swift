import Foundation

/// How alike two vectors are, as a support-vector machine measures it.
struct VectorKernelFunction: Sendable {
    enum Kind: String {
        case linear = "LINEAR"
        case polynomial = "POLY"
        case radial = "RBF"
        case sigmoid = "SIGMOID"
    }

    let kind: Kind
    private let gamma: Float
    private let offset: Float
    private let degree: Float

    /// Reads `kernel_type` and `kernel_params`, which are gamma, the constant term, and the degree.
    init(_ context: NodeContext) throws(KernelProblem) {
        let name = try context.string("kernel_type") ?? "LINEAR"
        guard let kind = Kind(rawValue: name) else {
            throw KernelProblem(.invalid, "kernel_type '\(name.prefix(40))' is not known")
        }
        let parameters = try context.floats("kernel_params") ?? []
        guard parameters.isEmpty || parameters.count == 3 else {
            throw KernelProblem(.invalid, "attribute 'kernel_params' has \(parameters.count) values instead of three")
        }
        self.kind = kind
        (gamma, offset, degree) =
            parameters.isEmpty ? (0, 0, 0) : (parameters[0], parameters[1], parameters[2])
    }

    /// The kernel of two vectors of equal length.
    ///
    /// Sums run in double precision, but what they come to is a float, so that it overflows where ONNX Runtime's does.
    func callAsFunction(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Float {
        switch kind {
        case .linear: return Self.product(left, right)
        case .polynomial: return Float(pow(Double(scaled(left, right)), Double(degree)))
        case .sigmoid: return Float(tanh(Double(scaled(left, right))))
        case .radial:
            var distance = 0.0
            for (a, b) in zip(left, right) { distance += (Double(a) - Double(b)) * (Double(a) - Double(b)) }
            return Float(exp(-Double(gamma) * distance))
        }
    }

    private func scaled(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Float {
        gamma * Self.product(left, right) + offset
    }

    /// The sum of the products of two vectors.
    private static func product(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Float {
        var sum = 0.0
        for (a, b) in zip(left, right) { sum += Double(a) * Double(b) }
        return Float(sum)
    }
}
