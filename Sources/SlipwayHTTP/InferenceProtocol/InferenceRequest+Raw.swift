import NIOCore
import SlipwayModel
import SlipwayServing

extension InferenceRequest {
    /// Reads a raw binary request: the elements of the model's one input, as one row.
    ///
    /// - Throws: ``ServingError`` of kind `malformed` for a model of several inputs, or for another number of bytes.
    init(raw body: ByteBuffer, for served: ServedModel) throws(ServingError) {
        guard let input = served.graphInputs.first, served.graphInputs.count == 1 else {
            throw ServingError(
                .malformed,
                "a raw binary request fits a model of one input, but \(served.name) has \(served.graphInputs.count)")
        }
        let type = input.type.elementType
        let width = served.model.signature.inputs.count { $0.slot.input == input.name }
        let cells = body.withUnsafeReadableBytes { bytes in
            Result { () throws(ServingError) in
                try TensorBytes.cells(type, count: width, from: bytes, input: input.name)
            }
        }
        self.init(inputs: [
            InferenceTensor(name: input.name, datatype: type, shape: [1, width], cells: try cells.get())
        ])
    }
}
