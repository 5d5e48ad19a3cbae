/// A request of the Open Inference Protocol V2, whatever carried it.
///
/// Source: the protocol's specifications for REST and gRPC, 2025-05.
package struct InferenceRequest: Equatable, Sendable {
    /// The caller's own name for the request, given back in the answer.
    package var id: String?
    /// The input tensors.
    package var inputs: [InferenceTensor]
    /// The outputs asked for; `nil` means all.
    package var outputs: [String]?

    /// Makes a request; an empty list of outputs asks for all.
    package init(id: String? = nil, inputs: [InferenceTensor], outputs: [String]? = nil) {
        self.id = id
        self.inputs = inputs
        self.outputs = outputs.flatMap { $0.isEmpty ? nil : $0 }
    }
}
