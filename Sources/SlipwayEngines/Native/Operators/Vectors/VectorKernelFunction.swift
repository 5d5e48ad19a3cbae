import CSlipwayKernels
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

    /// Makes kernels of the products of vectors, or with ``Kind/radial`` of their squared distances.
    ///
    /// Sums run in double precision, but what they come to is a float, so that it overflows where ONNX Runtime's does.
    /// Both arrays must reach to the next multiple of ``VectorMath/laneCount`` elements.
    func apply(to sums: UnsafeMutablePointer<Double>, count: Int, into kernels: UnsafeMutablePointer<Float>) {
        switch kind {
        case .linear: for index in 0..<count { kernels[index] = Float(sums[index]) }
        case .polynomial where degree == 2 || degree == 3:
            slipway_powers(gamma, offset, degree == 3, sums, kernels, count)
        case .polynomial:
            for index in 0..<count { kernels[index] = Float(pow(scaled(sums[index]), Double(degree))) }
        case .sigmoid:
            for index in 0..<count { sums[index] = scaled(sums[index]) }
            VectorMath.applyExactly(.hyperbolicTangent, ofMultiples: 1, sums, into: kernels, count: count)
        case .radial:
            VectorMath.applyExactly(.exponential, ofMultiples: -Double(gamma), sums, into: kernels, count: count)
        }
    }

    @inline(__always)
    private func scaled(_ product: Double) -> Double { Double(gamma * Float(product) + offset) }
}
