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

    /// The parameters of tensors that would change what is read or answered, and that this server does not follow.
    private static let unfollowedParameters: Set = [
        "classification", "shared_memory_region", "shared_memory_offset", "shared_memory_byte_size",
    ]

    /// Refuses the parameters of a tensor that say something else than what the server would do.
    ///
    /// - Parameters:
    ///   - names: The names of the parameters.
    ///   - tensor: The name of the input or output that they belong to.
    /// - Throws: ``ServingError`` of kind `malformed`.
    package static func checkParameters(_ names: some Sequence<String>, of tensor: String) throws(ServingError) {
        for name in names where unfollowedParameters.contains(name) {
            throw ServingError(
                .malformed, "'\(tensor.prefix(80))' has the parameter '\(name)', which this server does not follow",
                hint: "Send the elements with the request, and read the scores from the outputs.", field: tensor)
        }
    }
}
