/// The extensions of the Open Inference Protocol that this server speaks, by the names that it announces.
package enum InferenceProtocolExtension: String, CaseIterable {
    /// Tensors as raw bytes: behind the JSON head over HTTP, in `raw_input_contents` over gRPC.
    case binaryTensorData = "binary_tensor_data"
    /// The list of models, and loading and unloading them.
    case modelRepository = "model_repository"
    /// What models were asked, and how long it took.
    case statistics
}
