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
    private let gamma: Double
    private let offset: Double
    private let degree: Double

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
            parameters.isEmpty ? (0, 0, 0) : (Double(parameters[0]), Double(parameters[1]), Double(parameters[2]))
    }

    /// The kernel of two vectors of equal length.
    func callAsFunction(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Double {
        switch kind {
        case .linear: return Self.product(left, right)
        case .polynomial: return pow(gamma * Self.product(left, right) + offset, degree)
        case .sigmoid: return tanh(gamma * Self.product(left, right) + offset)
        case .radial:
            var distance = 0.0
            for (a, b) in zip(left, right) { distance += (Double(a) - Double(b)) * (Double(a) - Double(b)) }
            return exp(-gamma * distance)
        }
    }

    /// The sum of the products of two vectors.
    static func product(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Double {
        var sum = 0.0
        for (a, b) in zip(left, right) { sum += Double(a) * Double(b) }
        return sum
    }
}
