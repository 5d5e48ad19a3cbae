import SlipwayModel

/// `FeatureVectorizer`: several inputs side by side as one matrix in single precision.
///
/// Each input takes the width that an attribute names; what is narrower is filled with zeros, what is wider is cut.
final class FeatureVectorizerKernel: SingleKernel {
    let widths: [Int]

    init(_ context: NodeContext) throws(KernelProblem) {
        widths = try context.integers("inputdimensions") ?? []
        guard !widths.isEmpty, widths.allSatisfy({ 0...NativeLimits.elements ~= $0 }) else {
            throw KernelProblem(.invalid, "attribute 'inputdimensions' is empty or out of range")
        }
    }

    func value(of inputs: Arguments) throws(KernelProblem) -> Tensor {
        let tensors = try inputs.all()
        guard tensors.count == widths.count else {
            throw KernelProblem(.failed, "\(tensors.count) inputs are given for \(widths.count) widths")
        }
        var parts: [(array: [Float], width: Int)] = []
        let rows = tensors[0].shape.count == 1 ? 1 : tensors[0].rowCount
        for tensor in tensors {
            let (count, width) = try tensor.rows()
            guard count == rows else { throw KernelProblem(.failed, "inputs differ in the number of rows") }
            parts.append((try tensor.numbers(as: Float.self), width))
        }
        var total = 0
        for width in widths { total += width }
        var result = [Float](repeating: 0, count: try Shape.count([rows, total]))
        var column = 0
        for (part, width) in zip(parts, widths) {
            let taken = min(width, part.width)
            part.array.withUnsafeBufferPointer { array in
                for row in 0..<rows {
                    for index in 0..<taken { result[row * total + column + index] = array[row * part.width + index] }
                }
            }
            column += width
        }
        return Tensor(result, shape: [rows, total])
    }
}
