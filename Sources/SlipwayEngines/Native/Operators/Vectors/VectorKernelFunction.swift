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

    /// The kernel as C computes it for many vectors at once; `nil` for a power that is neither the second nor the third.
    var code: slipway_kernel? {
        let form: slipway_kernel_kind
        switch kind {
        case .linear: form = slipway_linear
        case .polynomial where degree == 2: form = slipway_square
        case .polynomial where degree == 3: form = slipway_cube
        case .polynomial: return nil
        case .radial: form = slipway_radial
        case .sigmoid: form = slipway_tangent
        }
        return slipway_kernel(kind: form, gamma: Double(gamma), offset: Double(offset))
    }

    /// Makes kernels of the products of vectors, or with ``Kind/radial`` of their squared distances.
    ///
    /// Sums run in double precision, but what they come to is a float, so that it overflows where ONNX Runtime's does.
    /// Both arrays must reach to the next multiple of ``laneCount`` elements.
    func apply(to sums: UnsafePointer<Double>, count: Int, into kernels: UnsafeMutablePointer<Float>) {
        if let code { return slipway_take_kernels(code, sums, kernels, count) }
        for index in 0..<count {
            kernels[index] = Float(pow(Double(gamma) * sums[index] + Double(offset), Double(degree)))
        }
    }

    /// The kernels that are computed together.
    static let laneCount = 8
}
