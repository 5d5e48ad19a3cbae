package import Foundation
import SwiftProtobuf

extension Tensor {
    /// Reads one tensor by itself, in the form that ONNX stores tensors in (`TensorProto`), as its test data are.
    ///
    /// - Throws: ``ModelError`` of kind `malformedModel` for bytes that are no tensor, `unsupportedModel` for an element
    ///   type that is not read.
    /// - Complexity: O(bytes).
    package init(onnx bytes: Data) throws(ModelError) {
        let proto: ONNXTensorProto
        do {
            proto = try ONNXTensorProto(serializedBytes: bytes)
        } catch {
            throw ModelError(.malformedModel, "The bytes are not an ONNX tensor.")
        }
        let shape = proto.dims.map { Int(clamping: $0) }
        var count = 1
        for dimension in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
            guard dimension >= 0, !overflow else {
                throw ModelError(.malformedModel, "The tensor has the shape \(shape).")
            }
            count = product
        }
        do {
            self.init(shape: shape, elements: try proto.elements(count: count, shape: shape))
        } catch {
            throw ModelError(
                error.isUnsupportedType ? .unsupportedModel : .malformedModel, "The tensor \(error.message).")
        }
    }
}
