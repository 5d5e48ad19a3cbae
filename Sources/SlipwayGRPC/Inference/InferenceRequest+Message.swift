import Foundation
import SlipwayData
import SlipwayModel
import SlipwayServing

extension InferenceRequest {
    /// Reads a message, whose tensors stand in their own lists or, all of them, in `raw_input_contents`.
    ///
    /// - Throws: `ServingError` of kind `malformed`, `tooLarge`, or `signatureMismatch` that names the input.
    init(_ message: OIPModelInferRequest) throws(ServingError) {
        let raw = message.rawInputContents
        guard raw.isEmpty || raw.count == message.inputs.count else {
            throw ServingError(
                .malformed, "raw_input_contents has \(raw.count) entries, but there are \(message.inputs.count) inputs",
                hint: "Give one entry for each input, in their order, or fill the contents of each input.",
                field: "raw_input_contents")
        }
        var inputs: [InferenceTensor] = []
        inputs.reserveCapacity(message.inputs.count)
        for (index, input) in message.inputs.enumerated() {
            inputs.append(try InferenceTensor(input, raw: raw.isEmpty ? nil : raw[index]))
        }
        for output in message.outputs { try Self.checkParameters(output.parameters.keys, of: output.name) }
        self.init(
            id: message.id.isEmpty ? nil : message.id, inputs: inputs, outputs: message.outputs.map(\.name))
    }
}

extension InferenceTensor {
    /// Reads one input.
    ///
    /// - Parameter raw: Its elements, where the request brings them as bytes.
    fileprivate init(_ input: OIPModelInferRequest.InferInputTensor, raw: Data?) throws(ServingError) {
        let name = input.name
        let type = try Self.datatype(input.datatype, input: name)
        try InferenceRequest.checkParameters(input.parameters.keys, of: name)
        let count = try Self.elementCount(of: input.shape, input: name)
        let cells: [Value]
        if let raw {
            guard !input.hasContents || input.contents == OIPInferTensorContents() else {
                throw ServingError(
                    .malformed, "input '\(name)' has contents beside raw_input_contents",
                    hint: "Send the elements once.", field: name)
            }
            let result: Result<[Value], ServingError> = raw.withUnsafeBytes { bytes in
                Result { () throws(ServingError) in try TensorBytes.cells(type, count: count, from: bytes, input: name)
                }
            }
            cells = try result.get()
        } else {
            guard input.hasContents || count == 0 else {
                throw ServingError(.malformed, "input '\(name)' has no data", field: name)
            }
            cells = try TensorContents(input.contents).cells(type, count: count, input: name)
        }
        self.init(name: name, datatype: type, shape: input.shape.map { Int($0) }, cells: cells)
    }
}
