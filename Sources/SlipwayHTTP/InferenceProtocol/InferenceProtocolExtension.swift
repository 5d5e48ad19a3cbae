/// The extensions of the Open Inference Protocol that this server speaks, by the names that it announces.
enum InferenceProtocolExtension: String, CaseIterable {
    /// Tensors as raw bytes behind the JSON head.
    case binaryTensorData = "binary_tensor_data"
    /// The list of models, and loading and unloading them.
    case modelRepository = "model_repository"
    /// What models were asked, and how long it took.
    case statistics
}
